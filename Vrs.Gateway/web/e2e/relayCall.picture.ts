import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { drawnStream, type Look, looks } from '../tests/drawnStream';
import { Caller, Interpreter, type Person } from './people';
import { expectGrowing } from './stats';
import { expect, test } from './test';

// Takes docs/images/relay-call.png from a real call: npm run picture. Only the people in front of the cameras are drawn.
const target = resolve(import.meta.dirname, '../../../docs/images/relay-call.png');

async function pretendCamera(person: Person, look: Look): Promise<void> {
  const script = `
    const drawn = (${drawnStream.toString()})(${JSON.stringify(look)});
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async wanted => {
      const sound = await open({ audio: true });
      return wanted.video ? new MediaStream([...drawn.getVideoTracks(), ...sound.getAudioTracks()]) : sound;
    };`;
  await person.context.addInitScript({ content: script });
  await person.page.reload();
  await expect(person.page.getByText('Online')).toBeVisible();
}

const shot = async (page: Page) => (await page.screenshot()).toString('base64');

async function montage(browser: Browser, caller: string, interpreter: string, phone: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 960 } });
  const image = (data: string, place: string, title: string) =>
    `<figure style="${place}"><figcaption>${title}</figcaption><img src="data:image/png;base64,${data}"></figure>`;
  await page.setContent(`
    <style>
      body { margin: 0; background: linear-gradient(135deg, #e6e5fb, #f3f4fa 60%, #d9f3e6); color: #15172b;
             font: 600 22px ui-sans-serif, system-ui, sans-serif }
      h1 { position: absolute; left: 880px; top: 60px; margin: 0; font-size: 58px; line-height: 1.12;
           letter-spacing: -0.03em }
      figure { position: absolute; margin: 0 }
      figcaption { margin: 0 0 10px 6px; color: #3d37c9 }
      img { width: 100%; display: block; border-radius: 16px; box-shadow: 0 18px 50px rgb(20 22 60 / 30%) }
    </style>
    <h1>One signs.<br>One interprets.<br>One speaks.</h1>
    ${image(caller, 'left:40px;top:36px;width:790px', 'Deaf caller')}
    ${image(phone, 'left:420px;top:584px;width:270px', 'Hearing person')}
    ${image(interpreter, 'left:880px;top:350px;width:680px', 'Interpreter')}
  `);
  await page.waitForTimeout(500);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

test('a picture of a relay call', async ({ browser, server }) => {
  const hana = await Caller.signIn(browser, server.url, 'hana');
  const ines = await Interpreter.signIn(browser, server.url, 'ines');
  const dana = await Caller.signIn(browser, server.url, 'dana');
  await hana.page.setViewportSize({ width: 420, height: 520 });
  await pretendCamera(dana, looks.dana);
  await pretendCamera(ines, looks.ines);
  await ines.goAvailable();
  await dana.call('+15550201');
  await ines.accept();
  await ines.dial();
  await hana.answer();
  await dana.expectStatus('Connected');
  await expectGrowing(dana.page, ['video']);
  await expectGrowing(hana.page, ['audio']);
  // The picture gets sharp as the browser finds out what the network carries.
  await dana.page.waitForTimeout(20_000);
  const picture = await montage(browser, await shot(dana.page), await shot(ines.page), await shot(hana.page));
  mkdirSync(resolve(target, '..'), { recursive: true });
  writeFileSync(target, picture);
  await Promise.all([hana, ines, dana].map(person => person.close()));
});
