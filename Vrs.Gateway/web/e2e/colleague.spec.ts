import { expectGrowing, expectSecure } from './stats';
import { expect, test } from './test';

test('an interpreter is relieved: the conversation goes on until another has both sides', async ({ people }) => {
  test.setTimeout(240_000);
  const hana = await people.caller('hana');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await ines.dial();
  await hana.answer();
  await dana.expectStatus('Connected');

  await ines.button('Ask for relief').click();
  await expect(ines.page.getByText('Looking for a colleague to take over')).toBeVisible();
  await expect(ines.page.getByText('Your minimum stay with this call is not over yet.')).toBeVisible();
  await ines.button('Cancel').click();

  const ivan = await people.interpreter('ivan');
  await ivan.goAvailable();
  await ines.button('Ask for relief').click();
  await expect(ivan.offer).toContainText('Relief for Ines Marchetti', { timeout: 30_000 });
  await expectGrowing(dana.page, ['video', 'audio']);
  await ivan.accept();
  await expect(ines.status).toHaveText('Wrapping up', { timeout: 40_000 });
  await expect(dana.page.getByText('Ivan Petrov has taken over.')).toBeVisible();
  await expect(ivan.status).toHaveText('Relaying');
  await dana.expectStatus('Connected');
  await hana.expectStatus('Connected');
  expectSecure(await expectGrowing(dana.page, ['video', 'audio']));
  expectSecure(await expectGrowing(ivan.page, ['video'], 0));
  expectSecure(await expectGrowing(ivan.page, ['audio'], 1));
  await expectGrowing(hana.page, ['audio']);

  await dana.hangUp();
  await dana.expectStatus('Call ended');
  await hana.expectStatus('Call ended');
  await expect(ivan.status).toHaveText('Wrapping up');
});

test('an interpreter is supported by another, who then takes over', async ({ people }) => {
  test.setTimeout(240_000);
  const ines = await people.interpreter('ines');
  const ivan = await people.interpreter('ivan');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');

  await ivan.goAvailable();
  await ines.button('Ask for support').click();
  await expect(ivan.offer).toContainText('Support for Ines Marchetti', { timeout: 30_000 });
  await ivan.accept();
  await expect(dana.page.getByText('Ivan Petrov has joined to support.')).toBeVisible();
  const second = dana.page.locator('.stage-second video[data-shown="true"]');
  await expect(second).toBeVisible({ timeout: 20_000 });
  await expect(ines.page.getByText('Ivan Petrov supports you.')).toBeVisible();
  await expect(ivan.page.getByText('You support Ines Marchetti')).toBeVisible();
  expectSecure(await expectGrowing(ivan.page, ['video'], 0));

  await ines.button('Hand the call over').click();
  await expect(ines.status).toHaveText('Wrapping up', { timeout: 20_000 });
  await dana.expectStatus('Ivan Petrov is here');
  await expect(second).toBeHidden();
  await expect(dana.page.getByLabel('Interpreter', { exact: true })).toBeVisible();
  await ivan.button('End the call').click();
  await dana.expectStatus('Call ended');
});

test('an interpreter supports a call that a hearing person made, in the picture of the Deaf person', async ({
  people,
}) => {
  test.setTimeout(240_000);
  const ines = await people.interpreter('ines');
  const ivan = await people.interpreter('ivan');
  const dana = await people.caller('dana');
  const hana = await people.caller('hana');
  await ines.goAvailable();
  await hana.call('+15550101');
  await ines.accept();
  await ines.dial();
  await dana.answer();
  await dana.expectStatus('Connected');

  await ivan.goAvailable();
  await ines.button('Ask for support').click();
  await expect(ivan.offer).toContainText('Support for Ines Marchetti', { timeout: 30_000 });
  await ivan.accept();
  const second = dana.page.locator('.stage-second video[data-shown="true"]');
  await expect(second).toBeVisible({ timeout: 20_000 });
  await expect(ines.page.getByText('Ivan Petrov supports you.')).toBeVisible();
  await expect(ivan.page.getByText('The Deaf person sees you both.')).toBeVisible();
  expectSecure(await expectGrowing(ivan.page, ['video'], 0));

  await ivan.button('Leave the call').click();
  await expect(second).toBeHidden();
  await dana.expectStatus('Connected');
  await hana.hangUp();
  await dana.expectStatus('Call ended');
});
