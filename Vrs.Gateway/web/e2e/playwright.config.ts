import { defineConfig } from '@playwright/test';

// Calls need camera and microphone; these flags give every page fake ones, and a network that stays on this machine.
const chromiumFlags = [
  '--use-fake-device-for-media-stream=fps=30',
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
  // `npm run picture` takes the README's picture; everything else is a test.
  testMatch: process.env.VRS_PICTURE === undefined ? '*.spec.ts' : '*.picture.ts',
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
