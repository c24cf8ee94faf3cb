import { defineConfig } from '@playwright/test';

const isAmongCrashes = process.env.VRS_CRASH_FOLDER !== undefined;

// Calls need camera and microphone; these flags give every page fake ones, and a network that stays on this machine.
const chromiumFlags = [
  // Beside hundreds of other calls few pictures must do: they are made, sent and shown by the same processors.
  `--use-fake-device-for-media-stream=fps=${isAmongCrashes ? 5 : 30}`,
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--ignore-certificate-errors',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  // `npm run picture` takes the README's picture, ./vrs crash has a call among its own; everything else is a test.
  testMatch: isAmongCrashes ? '*.crash.ts' : process.env.VRS_PICTURE === undefined ? '*.spec.ts' : '*.picture.ts',
  outputDir: '../test-results',
  // One call has four browsers' worth of video in it: one test at a time.
  workers: 1,
  fullyParallel: false,
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    ignoreHTTPSErrors: true,
    viewport: { width: 1100, height: 700 },
    trace: 'off',
    launchOptions: {
      executablePath: process.env.VRS_CHROMIUM ?? '/usr/bin/chromium',
      args: chromiumFlags,
    },
  },
});
