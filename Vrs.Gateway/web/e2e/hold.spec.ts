import { expectGrowing, expectStill } from './stats';
import { expect, test } from './test';

test('a party on hold is told so, nothing is sent meanwhile, and media comes back', async ({ people }) => {
  const hana = await people.caller('hana');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await ines.dial();
  await hana.answer();
  await dana.expectStatus('Connected');
  const callerSide = ines.page.getByRole('region', { name: 'Caller' });
  const calledSide = ines.page.getByRole('region', { name: 'Called party' });

  await test.step('the interpreter holds the caller', async () => {
    await expectGrowing(ines.page, ['video'], 0);
    await callerSide.getByRole('button', { name: /^Hold/ }).click();
    await dana.expectStatus('On hold');
    await expect(callerSide).toContainText('You have put Dana Reyes on hold');
    await expectStill(ines.page, 'video', 0);
  });

  await test.step('the hearing person holds the interpreter', async () => {
    await hana.button('Hold').click();
    await hana.expectStatus('On hold');
    await expect(calledSide).toContainText('has put you on hold');
    await expect(dana.page.getByText('Interpreter and +1 555-0201: on hold')).toBeAttached();
  });

  await test.step('both come back', async () => {
    await callerSide.getByRole('button', { name: /^Resume/ }).click();
    await dana.expectStatus('Connected');
    await expectGrowing(ines.page, ['video'], 0);
    await expectGrowing(dana.page, ['video', 'audio']);
    await hana.button('Resume').click();
    await hana.expectStatus('Connected');
    await expectGrowing(ines.page, ['audio'], 1);
    await expectGrowing(hana.page, ['audio']);
  });

  await dana.hangUp();
  await hana.expectStatus('Call ended');
});
