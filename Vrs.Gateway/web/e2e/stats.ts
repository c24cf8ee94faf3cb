import { expect, type Page } from '@playwright/test';

/** What one peer connection of a page carries now. */
export interface ConnectionStats {
  dtlsState: string;
  srtpCipher: string;
  codecs: string[];
  /** RTP bytes that came in, by kind. */
  bytes: Record<string, number>;
  framesDecoded: number;
  audioSamples: number;
  /** Encodings in the other side's description, as the service let it pass. */
  negotiated: string[];
}

/** Runs in the page before its own code: remembers every peer connection, so that a test can look into it. */
export function collectPeerConnections(): void {
  const Native = window.RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  (window as unknown as { peerConnections: RTCPeerConnection[] }).peerConnections = all;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
}

/** Runs in the page before its own code: remembers every WebSocket, so that a test can cut it. */
export function collectSockets(): void {
  const Native = window.WebSocket;
  const all: WebSocket[] = [];
  (window as unknown as { sockets: WebSocket[] }).sockets = all;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      all.push(this);
    }
  };
}

/** The statistics of all connections of the page that carry media now, oldest first. */
export function readStats(page: Page): Promise<ConnectionStats[]> {
  return page.evaluate(async () => {
    type Entry = Partial<Record<string, unknown>>;
    const text = (entry: Entry | undefined, name: string) => (entry?.[name] as string | undefined) ?? '';
    const number = (entry: Entry, name: string) => Number(entry[name] ?? 0);
    const all = (window as unknown as { peerConnections: RTCPeerConnection[] }).peerConnections;
    const result: ConnectionStats[] = [];
    for (const connection of all.filter(c => c.connectionState === 'connected')) {
      const report = [...(await connection.getStats()).values()] as Entry[];
      const of = (type: string) => report.filter(entry => entry.type === type);
      const inbound = of('inbound-rtp');
      const bytes: Record<string, number> = {};
      for (const entry of inbound) {
        const kind = text(entry, 'kind');
        bytes[kind] = (bytes[kind] ?? 0) + number(entry, 'bytesReceived');
      }
      const sum = (name: string) => inbound.reduce((total, entry) => total + number(entry, name), 0);
      result.push({
        dtlsState: text(of('transport')[0], 'dtlsState'),
        srtpCipher: text(of('transport')[0], 'srtpCipher'),
        codecs: of('codec').map(entry => text(entry, 'mimeType')),
        bytes,
        framesDecoded: sum('framesDecoded'),
        audioSamples: sum('totalSamplesReceived'),
        negotiated: [...(connection.remoteDescription?.sdp ?? '').matchAll(/^a=rtpmap:\d+ ([^/]+)/gm)].map(
          match => match[1] ?? '',
        ),
      });
    }
    return result;
  });
}

const allowedCodecs = ['h264', 'vp8', 'rtx', 'opus', 'pcmu', 'pcma', 'telephone-event', 'red', 't140'];

/** Encrypted by DTLS-SRTP with a real cipher, and nothing but the codecs on the list, in use or agreed on. */
export function expectSecure(stats: ConnectionStats): void {
  expect(stats.dtlsState).toBe('connected');
  expect(stats.srtpCipher).toMatch(/^(AEAD_AES|AES_CM|SRTP_)/);
  const used = stats.codecs.map(codec => codec.split('/')[1] ?? codec);
  for (const codec of [...used, ...stats.negotiated]) {
    expect(allowedCodecs).toContain(codec.toLowerCase());
  }
}

/** Waits until media of these kinds grows on a connection of the page; returns its statistics. */
export async function expectGrowing(page: Page, kinds: ('audio' | 'video')[], index = 0): Promise<ConnectionStats> {
  const before = (await readStats(page))[index];
  let now = before;
  await expect(async () => {
    now = (await readStats(page))[index];
    expect(now, `connection ${index} of the page`).toBeDefined();
    for (const kind of kinds) {
      expect(now?.bytes[kind] ?? 0, `${kind} bytes`).toBeGreaterThan((before?.bytes[kind] ?? 0) + 1_000);
    }
    if (kinds.includes('video')) {
      expect(now?.framesDecoded ?? 0, 'decoded frames').toBeGreaterThan((before?.framesDecoded ?? 0) + 5);
    }
    if (kinds.includes('audio')) {
      expect(now?.audioSamples ?? 0, 'audio samples').toBeGreaterThan((before?.audioSamples ?? 0) + 1_000);
    }
  }).toPass({ timeout: 20_000, intervals: [500] });
  if (now === undefined) {
    throw new Error('unreachable: the assertion above waited for it');
  }
  return now;
}

/** Waits until no more media of this kind comes in on a connection of the page. */
export async function expectStill(page: Page, kind: 'audio' | 'video', index = 0): Promise<void> {
  let before = -1;
  await expect(async () => {
    const now = (await readStats(page))[index]?.bytes[kind] ?? 0;
    const was = before;
    before = now;
    expect(now, `${kind} bytes`).toBe(was);
  }).toPass({ timeout: 20_000, intervals: [1_000] });
}
