import type { CallDirection } from '../shared/contracts';
import type { MediaKind } from '../shared/media';
import type { ConsoleState } from '../shared/model/console';
import { isHeld } from '../shared/model/hold';
import type { SipCall } from '../shared/sip/sipCall';
import { createStore } from '../shared/store';

/** The two sides of her: the leg of the one who called, and that of the one who was called. */
export type Which = 'caller' | 'callee';

export interface ConsoleStreams {
  local: MediaStream | null;
  caller: MediaStream | null;
  callee: MediaStream | null;
}

interface StreamEvent {
  type: keyof ConsoleStreams;
  stream: MediaStream | null;
}

/** What she sends and sees. */
export function createStreams() {
  return createStore<ConsoleStreams, StreamEvent>({ local: null, caller: null, callee: null }, (state, event) => ({
    ...state,
    [event.type]: event.stream,
  }));
}

/** The Deaf party is seen and the hearing party is heard, whoever of them called. */
export const mediaOf: Record<CallDirection, Record<Which, readonly MediaKind[]>> = {
  deafToHearing: { caller: ['video', 'audio'], callee: ['audio'] },
  hearingToDeaf: { caller: ['audio'], callee: ['video', 'audio'] },
};

/**
 * Without an offer in the INVITE (a call taken over from another interpreter), the direction says what is needed. Who
 * comes to support is seen by the Deaf party, whoever of them called.
 */
export function kindsOf(call: SipCall, direction: CallDirection, supports = false): readonly MediaKind[] {
  const video = call.offersVideo ?? (supports || mediaOf[direction].caller.includes('video'));
  return video ? ['video', 'audio'] : ['audio'];
}

/** Nothing is sent to a side on hold, and no voice while she is muted. */
export function switchTracks(sent: MediaStream | undefined, state: ConsoleState, which: Which): void {
  const held = isHeld(state.holding[which]);
  for (const track of sent?.getTracks() ?? []) {
    track.enabled = !held && !(state.muted && track.kind === 'audio');
  }
}
