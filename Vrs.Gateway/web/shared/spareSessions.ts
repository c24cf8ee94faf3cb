import type { SipCall } from './sip/sipCall';

/**
 * The sessions of a call beside the one that is talked on: the one that is being taken over from, which is what there
 * is should the take-over fail, and that of a second interpreter, who is the only one when the first has gone.
 */
export class SpareSessions {
  private kept: SipCall | null = null;
  private second: SipCall | null = null;

  /** `show` is told the second interpreter's picture, or null when there is none. */
  constructor(private readonly show: (stream: MediaStream | null) => void) {}

  /** Whether an INVITE brings a second interpreter of this call, where there is none yet. */
  isSecond(call: SipCall, callId: string | null): boolean {
    return this.second === null && call.role === 'caller' && call.callId === callId;
  }

  /** Keeps the session that another takes over from, until the service ends it. */
  keep(call: SipCall | null): void {
    this.kept = call;
  }

  /** The session that takes over is seen (or, of a telephone, heard): the other one may end. */
  release(): void {
    this.kept?.tellSuccessorShown();
  }

  /** Shows a second interpreter beside the first. */
  join(call: SipCall): void {
    this.second = call;
    call.events = { media: stream => this.show(stream), ended: () => this.drop(call) };
  }

  /** The session to go on with when the one that is talked on went away; null when there is none. */
  take(): SipCall | null {
    const next = this.kept?.end === null ? this.kept : this.second;
    this.kept = null;
    if (next !== null) {
      this.drop(next);
    }
    return next;
  }

  /** Whatever was beside the call went with it. */
  clear(): void {
    this.kept = null;
    if (this.second !== null) {
      this.drop(this.second);
    }
  }

  /** The sessions that carry media of their own. */
  get showing(): SipCall[] {
    return this.second === null ? [] : [this.second];
  }

  private drop(call: SipCall): void {
    if (call === this.second) {
      this.second = null;
      this.show(null);
    }
  }
}
