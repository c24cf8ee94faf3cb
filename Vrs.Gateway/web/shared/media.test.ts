import { describe, expect, it } from 'vitest';
import { hasCandidates, mediaProblem, openMedia } from './media';

const failing = (name: string) => () => Promise.reject(Object.assign(new Error('x'), { name }));
const stream = {} as MediaStream;

describe('openMedia', () => {
  it.each([
    'NotAllowedError',
    'NotFoundError',
    'NotReadableError',
    'OverconstrainedError',
    'AbortError',
    'SecurityError',
    'TypeError',
  ])('%s gets a remedy of its own', async name => {
    const result = await openMedia('video', failing(name));
    expect(result).toEqual({ ok: false, problem: mediaProblem(name, 'video') });
    expect(mediaProblem(name, 'video')).not.toEqual(mediaProblem('SomethingElse', 'video'));
    expect(mediaProblem(name, 'audio').title).not.toContain('camera');
  });

  it('goes on without a microphone: signing needs none', async () => {
    const result = await openMedia('video', constraints =>
      constraints.audio === undefined ? Promise.resolve(stream) : failing('NotFoundError')(),
    );
    expect(result).toEqual({ ok: true, stream, missing: 'audio' });
  });

  it('asks a phone for sound only', async () => {
    const asked: MediaStreamConstraints[] = [];
    await openMedia('audio', constraints => {
      asked.push(constraints);
      return Promise.resolve(stream);
    });
    expect(asked[0]?.video).toBeUndefined();
  });
});

it('knows an offer that has no way into the network', () => {
  expect(hasCandidates('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')).toBe(false);
  expect(hasCandidates('m=audio 9 x\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n')).toBe(true);
});
