import { Network } from './network';
import { Interpreter } from './people';
import { expectGrowing } from './stats';
import { expect, test } from './test';

test('an operator ends a call, after confirming it', async ({ people }) => {
  const olga = await people.operator('olga');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
  await olga.button('End the call of Dana Reyes').click();
  await olga.page.getByRole('dialog').getByRole('button', { name: 'Leave it' }).click();
  await expect(olga.table('Live calls')).toContainText('Dana Reyes');
  await olga.button('End the call of Dana Reyes').click();
  await olga.page.getByRole('dialog').getByRole('button', { name: 'End the call' }).click();
  await dana.expectStatus('Call ended');
  await expect(dana.page.getByText('The service’s staff ended the call.')).toBeVisible();
  await expect(olga.table('Recent ends')).toContainText('ended by operator');
});

test('a refused camera is said with its remedy, and calling works once it is allowed', async ({ people }) => {
  const dana = await people.caller('dana');
  await dana.context.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    let refusals = 2;
    navigator.mediaDevices.getUserMedia = wanted =>
      refusals-- > 0 ? Promise.reject(new DOMException('Permission denied', 'NotAllowedError')) : open(wanted);
  });
  await dana.page.reload();
  const alert = dana.page.getByRole('alert');
  await expect(alert).toContainText('This page may not use your camera');
  await expect(dana.button('Call')).toBeDisabled();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toBeHidden();
  await dana.call('+15550201');
  await dana.expectStatus('Waiting for an interpreter');
});

test('a server that hangs is noticed, and the call goes on', async ({ people, server }) => {
  test.skip(!server.isOurs, 'needs a server that it may freeze');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
  server.setFrozen(true);
  await expect(dana.page.getByText('Connection lost.')).toBeVisible({ timeout: 15_000 });
  await expectGrowing(dana.page, ['video']);
  server.setFrozen(false);
  await expect(dana.page.getByText('Online')).toBeVisible({ timeout: 30_000 });
  await expect(ines.page.getByText('Online')).toBeVisible({ timeout: 30_000 });
  await dana.expectStatus('Ines Marchetti is here');
  await dana.hangUp();
  await expect(ines.status).toHaveText('Wrapping up', { timeout: 30_000 });
});

test('a network that swallows everything is given up, and the page is back soon after it carries again', async ({
  browser,
  server,
}) => {
  const network = await Network.to(server.url);
  const ines = await Interpreter.signIn(browser, network.url, 'ines');
  network.swallow();
  await expect(ines.page.getByText('Connection lost.')).toBeVisible();
  // Browsers open one WebSocket to an address at a time: one that hangs keeps the other waiting too.
  await expect.poll(() => network.swallowed).toBeGreaterThanOrEqual(1);
  network.recover();
  // Ten seconds for the attempt that hangs, and the pauses before the next.
  await expect(ines.page.getByText('Online')).toBeVisible({ timeout: 22_000 });
  await ines.goAvailable();
  await ines.close();
  network.close();
});

test.describe('with tokens of one minute', () => {
  test.use({ settings: { Gateway__AccessTokenLife: '00:01:00' } });

  test('a call outlives its tokens and its session timers', async ({ people }) => {
    test.setTimeout(240_000);
    const ines = await people.interpreter('ines');
    const dana = await people.caller('dana');
    await ines.goAvailable();
    await dana.call('+15550201');
    await ines.accept();
    await dana.expectStatus('Ines Marchetti is here');
    const signedIn = () => dana.page.evaluate(() => sessionStorage.getItem('vrs.session'));
    const first = await signedIn();
    // Longer than the tokens, and than the session would live without a refresh (90 s).
    await dana.page.waitForTimeout(105_000);
    expect(await signedIn()).not.toBe(first);
    await dana.expectStatus('Ines Marchetti is here');
    await expect(ines.leg('Caller')).toHaveText('connected');
    await expectGrowing(dana.page, ['video', 'audio']);
    await dana.hangUp();
    await expect(ines.status).toHaveText('Wrapping up', { timeout: 30_000 });
    await dana.button('Done').click();
    await dana.call('+15550201');
    await dana.expectStatus('Waiting for an interpreter');
  });
});
