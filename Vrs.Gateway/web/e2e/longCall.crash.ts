import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './people';
import { expect, test } from './test';

// One real call among the many of ./vrs crash --browser, which kills the server and its database meanwhile. It begins
// with this call and ends it; both tell each other by files in a folder.
const folder = process.env.VRS_CRASH_FOLDER ?? '';
const sampleMs = 500;
/** Time without a single packet of a kind that is still no interruption, on a machine that is busy with the kills. */
const standstillMaxMs = 3_000;

interface Standstill {
  samples: number;
  /** Longest time without a new packet, by connection and kind. */
  longestMs: Record<string, number>;
}

/** Runs in the page: notes, from now on, how long the media of each connection stands still. */
function watchMedia(everyMs: number): void {
  const page = window as unknown as { peerConnections: RTCPeerConnection[]; standstill: Standstill };
  page.standstill = { samples: 0, longestMs: {} };
  const last: Record<string, { packets: number; at: number }> = {};
  const look = async () => {
    for (const [index, connection] of page.peerConnections.entries()) {
      for (const entry of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (entry.type === 'inbound-rtp') {
          const name = `${index} ${String(entry.kind)}`;
          const packets = Number(entry.packetsReceived);
          const before = last[name];
          const now = performance.now();
          const still = now - (before?.at ?? now);
          page.standstill.longestMs[name] = Math.max(page.standstill.longestMs[name] ?? 0, Math.round(still));
          if (before === undefined || packets > before.packets) {
            last[name] = { packets, at: now };
          }
        }
      }
    }
    page.standstill.samples++;
    setTimeout(() => void look(), everyMs);
  };
  void look();
}

const standstillOf = (person: Person): Promise<Standstill> =>
  person.page.evaluate(() => (window as unknown as { standstill: Standstill }).standstill);

test('a call goes on through every kill', async ({ people }) => {
  test.setTimeout(3_600_000);
  const phone = await people.caller('phone');
  const interpreter = await people.interpreter('interpreter');
  const caller = await people.caller('caller');
  await interpreter.goAvailable();
  await caller.call('+15559001');
  await interpreter.accept();
  await interpreter.dial();
  await phone.answer();
  await caller.expectStatus('Connected');
  await phone.expectStatus('Connected');
  await expect(interpreter.leg('Called party')).toHaveText('connected');
  const everybody = { caller, interpreter, phone };
  for (const person of Object.values(everybody)) {
    await person.page.evaluate(watchMedia, sampleMs);
  }
  writeFileSync(join(folder, 'connected'), '');

  await expect.poll(() => existsSync(join(folder, 'over')), { timeout: 3_600_000, intervals: [500] }).toBe(true);
  for (const person of Object.values(everybody)) {
    await expect(person.page.getByText('Online')).toBeVisible({ timeout: 60_000 });
  }
  const figures: Record<string, Standstill> = {};
  for (const [name, person] of Object.entries(everybody)) {
    figures[name] = await standstillOf(person);
  }
  writeFileSync(join(folder, 'figures.json'), JSON.stringify(figures));
  await caller.expectStatus('Connected');
  await caller.hangUp();
  await caller.expectStatus('Call ended');
  await phone.expectStatus('Call ended', 60_000);
  await expect(interpreter.status).toHaveText('Wrapping up', { timeout: 60_000 });

  expect(Object.keys(figures.caller?.longestMs ?? {})).toEqual(['0 audio', '0 video']);
  expect(Object.keys(figures.interpreter?.longestMs ?? {})).toHaveLength(3);
  expect(Object.keys(figures.phone?.longestMs ?? {})).toEqual(['0 audio']);
  for (const { longestMs } of Object.values(figures)) {
    expect(Math.max(...Object.values(longestMs))).toBeLessThan(standstillMaxMs);
  }
});
