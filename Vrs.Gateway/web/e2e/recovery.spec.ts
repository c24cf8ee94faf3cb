import { expectGrowing, expectSecure } from './stats';
import { expect, test } from './test';

/** How long the caller's old leg lasted after another had its place. Milliseconds; more than any while it lasts. */
function supersededFor(log: string): number {
  const [since, until] = ['"state_to":"superseded"', '"state_from":"superseded"'].map(step => {
    const line = log.split('\n').find(entry => entry.includes(step) && entry.includes('"actor_role":"caller"'));
    return Date.parse(/"timestamp":"([^"]+)"/.exec(line ?? '')?.[1] ?? '');
  });
  return Number.isNaN(until) ? Infinity : (until ?? 0) - (since ?? 0);
}

test('an interpreter is lost mid-call and another one takes over without redialing', async ({ people, server }) => {
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
  const ivan = await people.interpreter('ivan');
  await ivan.goAvailable();

  await ines.page.close();
  await dana.expectStatus('Finding another interpreter', 60_000);
  await expect(ivan.offer).toContainText('its interpreter was lost', { timeout: 30_000 });
  await ivan.accept();
  await dana.expectStatus('Connected', 40_000);
  await expect(dana.page.getByText('through Ivan Petrov')).toBeVisible();
  await expect(ivan.status).toHaveText('Relaying');
  await hana.expectStatus('Connected');
  if (server.isOurs) {
    await test.step('the session before it ends as soon as his picture shows', async () => {
      // By itself it would last for three seconds.
      await expect.poll(() => supersededFor(server.log)).toBeLessThan(2_900);
    });
  }
  expectSecure(await expectGrowing(dana.page, ['video', 'audio']));
  expectSecure(await expectGrowing(ivan.page, ['video'], 0));
  expectSecure(await expectGrowing(ivan.page, ['audio'], 1));
  await expectGrowing(hana.page, ['audio']);

  await dana.hangUp();
  await dana.expectStatus('Call ended');
  await hana.expectStatus('Call ended');
  await expect(ivan.status).toHaveText('Wrapping up');
});

test('the server is killed mid-call and comes back: nobody notices but the banner', async ({ people, server }) => {
  test.skip(!server.isOurs, 'needs a server that it may kill');
  const hana = await people.caller('hana');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await ines.dial();
  await hana.answer();
  await dana.expectStatus('Connected');
  await hana.expectStatus('Connected');
  await expect(ines.leg('Called party')).toHaveText('connected');

  await server.kill();
  await expect(dana.page.getByText('Connection lost.')).toBeVisible();
  await test.step('pictures and sound go on without the server', async () => {
    await expectGrowing(dana.page, ['video', 'audio']);
    await expectGrowing(ines.page, ['video', 'audio'], 0);
    await expectGrowing(hana.page, ['audio']);
  });

  await server.run();
  for (const person of [dana, ines, hana]) {
    await expect(person.page.getByText('Online')).toBeVisible({ timeout: 30_000 });
  }
  await expectGrowing(dana.page, ['video', 'audio']);
  await dana.expectStatus('Connected');

  await dana.hangUp();
  await dana.expectStatus('Call ended');
  await hana.expectStatus('Call ended', 30_000);
  await expect(ines.status).toHaveText('Wrapping up', { timeout: 30_000 });
  await expect.poll(() => server.callRecords().length, { timeout: 20_000 }).toBe(1);
  expect(server.callRecords()[0]).toMatchObject({ ca_id: '7001' });
});

test('hanging up while the server is away ends the call when it is back', async ({ people, server }) => {
  test.skip(!server.isOurs, 'needs a server that it may kill');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
  await server.kill();
  await expect(dana.page.getByText('Connection lost.')).toBeVisible();
  await dana.hangUp();
  await dana.expectStatus('Call ended');
  await expect(dana.page.getByText('The hang-up is sent as soon as the connection is back.')).toBeVisible();
  await server.run();
  await expect(ines.status).toHaveText('Wrapping up', { timeout: 40_000 });
});
