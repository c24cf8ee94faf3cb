import type { Refusal } from './contracts';
import type { Hub, HubState } from './hub';

/** What a handset asks of the hub, where SIP has no word for it or no session is left to say it with. */
export class HubWishes {
  private readonly owed = new Set<string>();
  private state: HubState = 'connecting';

  constructor(
    private readonly hub: Hub,
    private readonly onAnswer: (refusal: string | null) => void,
  ) {}

  /** Asks about a call, if there is one, and passes on what the answer is. */
  async ask(method: string, callId: string | null): Promise<void> {
    if (callId !== null) {
      const refusal: Refusal | null = await this.hub.ask(method, callId);
      this.onAnswer(refusal?.detail ?? null);
    }
  }

  /** Hangs up now, or as soon as the hub is back. */
  hangUp(callId: string): void {
    this.owed.add(callId);
    this.settle(this.state);
  }

  /** The hub came or went: what is owed is asked when it is there. */
  settle(state: HubState): void {
    this.state = state;
    if (state === 'up') {
      for (const callId of this.owed) {
        void this.hub.ask('HangUp', callId);
      }
      this.owed.clear();
    }
  }
}
