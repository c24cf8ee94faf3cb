import { expect, test } from './test';

const endings = [
  { button: 'I am busy', words: 'The line is busy' },
  { button: 'Decline', words: 'The call was declined' },
];

for (const { button, words } of endings) {
  test(`the hearing person says "${button}"`, async ({ people }) => {
    const hana = await people.caller('hana');
    const ines = await people.interpreter('ines');
    const dana = await people.caller('dana');
    await ines.goAvailable();
    await dana.call('+15550201');
    await ines.accept();
    await ines.dial();
    await hana.button(button).click();
    await dana.expectStatus(words);
    await expect(ines.page.getByText(words).first()).toBeVisible();
    await expect(ines.button('Dial')).toBeEnabled();

    await test.step('and is reached at the second attempt', async () => {
      await hana.button('Done').click();
      await ines.dial();
      await hana.answer();
      await dana.expectStatus('Connected');
    });
  });
}

test('a number that nobody has', async ({ people }) => {
  const dana = await people.caller('dana');
  await dana.call('+15559999');
  await dana.expectStatus('That number does not exist');
});
