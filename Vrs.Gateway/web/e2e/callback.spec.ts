import { expectGrowing } from './stats';
import { expect, test } from './test';

test('a caller asks to be called back, leaves the line, and is called when an interpreter is there', async ({
  people,
}) => {
  const dana = await people.caller('dana');
  await dana.call('+15550201');
  await dana.expectStatus('Waiting for an interpreter');
  await dana.button('Call me back instead').click();
  await dana.expectStatus('We will call you back');
  await dana.button('Done').click();

  await test.step('a page that is opened again shows it', async () => {
    await dana.page.reload();
    await expect(dana.button('Cancel the callback')).toBeVisible();
  });

  await test.step('her turn comes', async () => {
    const ines = await people.interpreter('ines');
    await ines.goAvailable();
    await expect(ines.offer).toBeVisible();
    await ines.page.keyboard.press('a');
    await dana.expectStatus('Your interpreter is here');
    await dana.answer();
    await dana.expectStatus('Ines Marchetti is here');
    await expectGrowing(dana.page, ['video', 'audio']);
    await expectGrowing(ines.page, ['video', 'audio'], 0);
  });

  await dana.hangUp();
  await dana.expectStatus('Call ended');
  await dana.button('Done').click();
  await expect(dana.button('Cancel the callback')).toBeHidden();
});
