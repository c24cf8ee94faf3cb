import { expect, test } from './test';

test('a caller asks for an interpreter, waits for him, and is told what came of it', async ({ people, server }) => {
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();

  const panel = dana.page.getByRole('region', { name: 'Your interpreter' });
  await expect(panel).toContainText('The next free interpreter takes your calls.');
  await panel.getByRole('button', { name: 'Ask for an interpreter' }).click();
  // By keyboard alone: the focus is in the form already.
  await dana.page.keyboard.press('Tab');
  await dana.page.keyboard.type('Ivan');
  await dana.page.keyboard.press('Enter');
  await expect(panel.getByRole('alert').filter({ hasText: 'Choose what shall happen then.' })).toBeVisible();
  await dana.page.keyboard.press('Space');
  await dana.page.keyboard.press('Enter');
  await expect(panel).toContainText('Ivan Petrov');
  await expect(panel).toContainText('We wait up to 1 minute. Then any interpreter may take your call.');
  await dana.page.reload();
  await expect(panel).toContainText('Ivan Petrov');

  await dana.call('+15550201');
  await dana.expectStatus('Waiting for an interpreter');
  await expect(dana.page.getByText(/You asked for Ivan Petrov\. We wait until/)).toBeVisible();
  await expect(ines.offer).toBeHidden();
  const ivan = await people.interpreter('ivan');
  await ivan.goAvailable();
  await ivan.accept();
  await dana.expectStatus('Ivan Petrov is here');
  await expect(dana.page.getByText('This is the interpreter you asked for.')).toBeVisible();
  await expect(ines.offer).toBeHidden();
  await dana.hangUp();
  await expect
    .poll(() => server.callRecords().map(record => [record.preference, record.preference_outcome]))
    .toEqual([['named=ivan;wait=60', 'met']]);
});

test('who agreed to nobody else is told that nobody else was asked', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  const panel = dana.page.getByRole('region', { name: 'Your interpreter' });
  await panel.getByRole('button', { name: 'Ask for an interpreter' }).click();
  await panel.getByLabel('A certain interpreter').fill('Inez');
  await panel.getByLabel('Nobody else.').check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('alert').filter({ hasText: 'We know no interpreter “Inez”.' })).toBeVisible();
  await panel.getByLabel('A certain interpreter').fill('7002');
  await panel.getByLabel('How long shall we wait?').selectOption('Up to 30 seconds');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel).toContainText('Nobody else is asked; then the call ends.');

  await dana.call('+15550201');
  await dana.expectStatus('The interpreter you asked for was not free', 45_000);
  await expect(dana.page.getByText('You asked for Ivan Petrov and nobody else.')).toBeVisible();
  await expect(ines.offer).toBeHidden();
});
