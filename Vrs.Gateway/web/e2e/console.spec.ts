import { expect, test } from './test';

test('a second sign-in takes over, and a call stays where it is', async ({ people }) => {
  const desk = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await desk.goAvailable();
  const home = await people.interpreter('ines');
  await expect(home.status).toHaveText('You are signed in at another console');
  await dana.call('+15550201');
  await desk.accept();
  await expect(home.offer).toBeHidden();
  await dana.expectStatus('Ines Marchetti is here');

  await home.button('Work here').click();
  await expect(desk.page.getByText('This call goes on here.')).toBeVisible();
  await expect(desk.leg('Caller')).toHaveText('connected');
  await dana.hangUp();
  await expect(desk.status).toHaveText('You are signed in at another console');

  await expect(home.status).toHaveText('Wrapping up');
  await home.button('Ready for calls').click();
  await expect(home.status).toHaveText('Ready for calls');
  await dana.button('Done').click();
  await dana.call('+15550201');
  await home.accept();
  await dana.expectStatus('Ines Marchetti is here');
  await dana.hangUp();
});

test('wrap-up lasts longer when she asks, and a break has a reason that operators see', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const olga = await people.operator('olga');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.hangUp();
  await expect(ines.status).toHaveText('Wrapping up');
  await ines.button('More time').click();
  await expect
    .poll(() => ines.page.getByRole('timer').or(ines.page.locator('.countdown')).textContent())
    .toMatch(/[45]\d/);

  await ines.page.getByLabel('Reason').selectOption('Something else');
  await ines.page.getByLabel('Note').fill('fire drill');
  await ines.button('Take a break').click();
  await expect(ines.status).toHaveText('On a break');
  await expect(olga.table('Interpreters').getByRole('row', { name: /Ines/ })).toContainText(
    'Something else, fire drill',
  );
});

test('a console that is loaded anew is the same desk, and takes the next call', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await ines.page.reload();
  await expect(ines.status).toHaveText('Ready for calls');
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
  await dana.hangUp();
  await expect(ines.status).toHaveText('Wrapping up');
});
