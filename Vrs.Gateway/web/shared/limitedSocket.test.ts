import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A browser's WebSocket, as far as its life goes. */
class FakeSocket extends EventTarget {
  readonly close = vi.fn();
}

async function open(): Promise<FakeSocket> {
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.resetModules();
  const { LimitedSocket } = await import('./limitedSocket');
  return new LimitedSocket('wss://relay/hubs/console') as unknown as FakeSocket;
}

describe('LimitedSocket', () => {
  beforeEach(() => void vi.useFakeTimers());

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('gives an attempt up that nobody takes or refuses', async () => {
    const socket = await open();
    vi.advanceTimersByTime(9_999);
    expect(socket.close).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(socket.close).toHaveBeenCalledOnce();
  });

  it.each(['open', 'close'])('leaves a connection alone after %s', async settled => {
    const socket = await open();
    socket.dispatchEvent(new Event(settled));
    vi.advanceTimersByTime(60_000);
    expect(socket.close).not.toHaveBeenCalled();
  });
});
