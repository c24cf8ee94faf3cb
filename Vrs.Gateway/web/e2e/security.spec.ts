import type { Page } from '@playwright/test';
import { expect, test } from './test';

// An INVITE as a device would send it that does not encrypt its media.
function inviteWithPlainRtp(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const session = JSON.parse(sessionStorage.getItem('vrs.session') ?? '{}') as Record<string, string>;
    const uri = session.sipUri ?? '';
    const domain = uri.slice(uri.indexOf('@') + 1);
    const body = [
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 40000 RTP/AVP 0',
      'a=rtpmap:0 PCMU/8000',
      '',
    ].join('\r\n');
    const message = (method: string, target: string, headers: string[], text: string) =>
      [
        `${method} ${target} SIP/2.0`,
        `Via: SIP/2.0/WSS plain.invalid;branch=z9hG4bK${method}plain`,
        'Max-Forwards: 70',
        `To: <${method === 'REGISTER' ? uri : target}>`,
        `From: <${uri}>;tag=plain`,
        `Call-ID: ${method}-plain`,
        `CSeq: 1 ${method}`,
        `Contact: <sip:plain@plain.invalid;transport=ws>;+sip.instance="<urn:uuid:5b0d5a3c-0000-4000-8000-000000000001>"`,
        `Authorization: Bearer ${session.accessToken ?? ''}`,
        ...headers,
        `Content-Length: ${text.length}`,
        '',
        text,
      ].join('\r\n');
    const socket = new WebSocket(session.webSocketUrl ?? '', 'sip');
    const answer = (pattern: RegExp) =>
      new Promise<string>(done =>
        socket.addEventListener('message', event => pattern.test(String(event.data)) && done(String(event.data))),
      );
    await new Promise(done => socket.addEventListener('open', done));
    const registered = answer(/CSeq: 1 REGISTER/i);
    socket.send(message('REGISTER', `sip:${domain}`, ['Expires: 60'], ''));
    await registered;
    const refused = answer(/^SIP\/2\.0 [2-6]\d\d[^]*CSeq: 1 INVITE/i);
    socket.send(message('INVITE', `sip:+15550201@${domain}`, ['Content-Type: application/sdp'], body));
    const response = await refused;
    socket.close();
    return response;
  });
}

test('an offer with plain RTP is refused with 488 and a reason', async ({ people }) => {
  const dana = await people.caller('dana');
  const response = await inviteWithPlainRtp(dana.page);
  expect(response).toMatch(/^SIP\/2\.0 488 /);
  expect(response).toMatch(/^Warning: \d{3} .*encrypted.*$/im);
});

test('a wrong password is refused in plain words, and no page opens without signing in', async ({ page, server }) => {
  await page.goto(server.url);
  await page.getByLabel('Name').fill('dana');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('wrong');
  await page.goto(`${server.url}/operations/`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
