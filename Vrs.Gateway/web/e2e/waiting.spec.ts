import { expectGrowing } from './stats';
import { expect, test } from './test';

test('the caller gives up while waiting', async ({ people }) => {
  const olga = await people.operator('olga');
  const dana = await people.caller('dana');
  await dana.call('+15550201');
  await dana.expectStatus('Waiting for an interpreter');
  await expect(dana.page.getByText('You are next in line.')).toBeVisible();
  await expect(olga.figure('Waiting')).toHaveText('1');
  await dana.hangUp();
  await dana.expectStatus('Call cancelled');
  await expect(olga.figure('Waiting')).toHaveText('0');
  await expect(olga.table('Recent ends').getByRole('row', { name: /Dana/ })).toContainText('caller gave up waiting');
});

test('an offer that lapses goes to the next interpreter', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const ivan = await people.interpreter('ivan');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await ivan.goAvailable();
  await dana.call('+15550201');
  // The one who has been free for longer is asked first; the other one after the time is over.
  await expect(ines.offer).toBeVisible();
  await expect(ivan.offer).toBeHidden();
  await expect(ines.offer).toBeHidden({ timeout: 30_000 });
  await expect(ines.page.getByText('You missed an offer.')).toBeVisible();
  await ivan.accept();
  await dana.expectStatus('Ivan Petrov is here');
});

test('an interpreter declines and the next one is asked at once', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const ivan = await people.interpreter('ivan');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await ivan.goAvailable();
  await dana.call('+15550201');
  await expect(ines.offer).toBeVisible();
  await ines.page.keyboard.press('d');
  await expect(ines.offer).toBeHidden();
  await ivan.accept();
  await dana.expectStatus('Ivan Petrov is here');
});

test('a caller whose connection drops while waiting keeps her place', async ({ people }) => {
  const deniz = await people.caller('deniz');
  const dana = await people.caller('dana');
  await deniz.call('+15550201');
  await deniz.expectStatus('Waiting for an interpreter');
  await dana.call('+15550202');
  await expect(dana.page.getByText('You are number 2 in line.')).toBeVisible();

  await deniz.context.setOffline(true);
  await deniz.dropSockets();
  await deniz.expectStatus(/your place in line is kept/);
  await deniz.context.setOffline(false);
  await deniz.expectStatus('Waiting for an interpreter', 30_000);
  await expect(deniz.page.getByText('You are next in line.')).toBeVisible();
  await expect(dana.page.getByText('You are number 2 in line.')).toBeVisible();

  const ines = await people.interpreter('ines');
  await ines.goAvailable();
  await expect(ines.offer).toContainText('Deniz');
  await ines.accept();
  await deniz.expectStatus('Ines Marchetti is here');
  await expectGrowing(deniz.page, ['video']);
});
