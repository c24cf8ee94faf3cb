import { expectGrowing, expectSecure } from './stats';
import { expect, test } from './test';

test('a Deaf caller, an interpreter and a hearing person talk', async ({ people, server }) => {
  const olga = await people.operator('olga');
  const hana = await people.caller('hana');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');

  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');

  await test.step('the two see and hear each other', async () => {
    expectSecure(await expectGrowing(dana.page, ['video', 'audio']));
    expectSecure(await expectGrowing(ines.page, ['video', 'audio'], 0));
  });

  await test.step('the interpreter reaches the hearing person with one key', async () => {
    await ines.dial();
    await hana.answer();
    await dana.expectStatus('Connected');
    await expect(ines.status).toHaveText('Relaying');
    await expect(ines.leg('Called party')).toHaveText('connected');
    await hana.expectStatus('Connected');
  });

  await test.step('sound flows on the second leg, and the picture goes on', async () => {
    expectSecure(await expectGrowing(hana.page, ['audio']));
    expectSecure(await expectGrowing(ines.page, ['audio'], 1));
    expectSecure(await expectGrowing(dana.page, ['video']));
  });

  await test.step('the operations page shows it', async () => {
    await expect(olga.figure('Relaying')).toHaveText('1');
    await expect(olga.table('Live calls').getByRole('row', { name: /Dana Reyes/ })).toContainText('relaying');
    await expect(olga.table('Interpreters').getByRole('row', { name: /Ines/ })).toContainText('on a call');
  });

  await test.step('hanging up frees everybody', async () => {
    await dana.hangUp();
    await dana.expectStatus('Call ended');
    await hana.expectStatus('Call ended');
    await expect(ines.status).toHaveText('Wrapping up');
    await expect(olga.figure('Relaying')).toHaveText('0');
    await expect(olga.table('Recent ends').getByRole('row', { name: /Dana Reyes/ })).toContainText('caller hung up');
  });

  await test.step('the record of the call is in the database', async () => {
    test.skip(!server.isOurs, 'the database belongs to somebody else');
    await expect.poll(() => server.callRecords().length, { timeout: 20_000 }).toBe(1);
    const record = server.callRecords()[0];
    expect(record).toMatchObject({ ca_id: '7001' });
  });
});

test('the interpreter dials another number in the same call after the first person hung up', async ({ people }) => {
  const hana = await people.caller('hana');
  const hugo = await people.caller('hugo');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await ines.dial();
  await hana.answer();
  await dana.expectStatus('Connected');
  await hana.hangUp();
  await dana.expectStatus('The other person has hung up');
  await ines.page.getByRole('textbox').fill('+15550202');
  await ines.dial();
  await hugo.answer();
  await dana.expectStatus('Connected');
  expectSecure(await expectGrowing(hugo.page, ['audio']));
  await ines.button('End the call').click();
  await dana.expectStatus('Call ended');
  await hugo.expectStatus('Call ended');
});

test('a hearing person calls a Deaf person', async ({ people }) => {
  const dana = await people.caller('dana');
  const ines = await people.interpreter('ines');
  const hana = await people.caller('hana');
  await ines.goAvailable();
  await hana.call('+15550101');
  await ines.accept();
  await ines.dial();
  await dana.answer();
  await dana.expectStatus('Connected');
  expectSecure(await expectGrowing(dana.page, ['video', 'audio']));
  expectSecure(await expectGrowing(hana.page, ['audio']));
  await hana.hangUp();
  await dana.expectStatus('Call ended');
});
