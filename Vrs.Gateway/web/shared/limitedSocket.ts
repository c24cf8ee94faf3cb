/** How long an attempt to connect may take. Milliseconds. */
export const connectLimitMs = 10_000;

/**
 * A WebSocket that gives up an attempt which is neither taken nor refused, as by a network that swallows everything.
 * A browser would wait for minutes, and open no other WebSocket to the same address meanwhile (RFC 6455 section 4.1).
 */
export class LimitedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    const limit = setTimeout(() => this.close(), connectLimitMs);
    for (const settled of ['open', 'close']) {
      this.addEventListener(settled, () => clearTimeout(limit));
    }
  }
}
