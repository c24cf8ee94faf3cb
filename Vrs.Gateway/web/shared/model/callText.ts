import type { CallView, EndReason, QueuePosition } from '../contracts';
import { formatNumber } from './number';
import { aboutSeconds } from './time';
import { wishNotMet, wishOutcome, wishWhileWaiting } from './wish';

/** Whose page it is: the one who called, or the one who is called. */
export type Side = 'caller' | 'callee';

export type Tone = 'calm' | 'busy' | 'good' | 'warn' | 'over';

/** What a page says about a call: one short line, one sentence, and the mood it is shown in. */
export interface CallText {
  title: string;
  detail: string;
  tone: Tone;
}

const interpreter = (view: CallView) => view.interpreterName ?? 'Your interpreter';

/** The person at the other end, as this side knows them. */
export function otherParty(view: CallView, side: Side): string {
  return side === 'callee' ? view.callerName : formatNumber(view.dialedNumber);
}

/** Place in line and estimate in one sentence. */
export function queueText(queue: QueuePosition | null): string {
  if (queue === null) {
    return 'You keep your place in line.';
  }
  const place = queue.position <= 1 ? 'You are next in line.' : `You are number ${queue.position} in line.`;
  const wait = queue.estimatedWaitSeconds;
  return wait === null ? place : `${place} Estimated wait: ${aboutSeconds(wait)}.`;
}

/** Why the called person could not be reached, by SIP status (RFC 3261 section 21); empty when nothing went wrong. */
export function calleeStatusText(status: number): string {
  const words: Record<number, string> = {
    0: '',
    404: 'That number does not exist.',
    408: 'Nobody answered.',
    410: 'That number is no longer in use.',
    480: 'The other phone is not reachable now.',
    486: 'The line is busy.',
    487: 'The call was stopped before an answer.',
    488: 'The other phone cannot take this kind of call.',
    600: 'The line is busy.',
    603: 'The call was declined.',
  };
  return words[status] ?? `The call did not go through (${status}).`;
}

type Describe = (view: CallView, side: Side, calleeLeft: boolean) => CallText;

// One row for each phase: what is said, by whose page it is.
const phaseTexts: Record<CallView['phase'], Describe> = {
  new: () => ({ title: 'Calling', detail: 'Reaching the relay service.', tone: 'busy' }),
  received: () => ({ title: 'Calling', detail: 'The relay service is accepting your call.', tone: 'busy' }),
  queued: view => ({
    title: view.priority === 'emergency' ? 'Emergency: finding an interpreter' : 'Waiting for an interpreter',
    detail: queueText(view.queue),
    tone: 'busy',
  }),
  offered: () => ({
    title: 'Asking an interpreter',
    detail: 'An interpreter is being asked to take your call. You keep your place in line.',
    tone: 'busy',
  }),
  connecting: view => ({
    title: `${interpreter(view)} is joining`,
    detail: 'The connection to your interpreter is being made.',
    tone: 'busy',
  }),
  connected: connectedText,
  dialing: (view, side) => ({
    title: `Calling ${otherParty(view, side)}`,
    detail: `${interpreter(view)} has dialed. Waiting for an answer.`,
    tone: 'busy',
  }),
  relaying: (view, side) => ({
    title: 'Connected',
    detail: `You are talking with ${otherParty(view, side)} through ${interpreter(view)}.`,
    tone: 'good',
  }),
  recovering: () => ({
    title: 'Finding another interpreter',
    detail: 'The interpreter’s connection was lost. Please stay: nobody has to dial again.',
    tone: 'warn',
  }),
  ended: (view, side) => endOf(view, side),
};

function connectedText(view: CallView, side: Side, calleeLeft: boolean): CallText {
  if (side === 'callee') {
    return { title: 'Connecting', detail: `${interpreter(view)} is joining the call.`, tone: 'busy' };
  }
  const failed = calleeStatusText(view.calleeStatus);
  if (failed !== '') {
    return {
      title: failed.replace(/\.$/, ''),
      detail: `${interpreter(view)} is still here: ask to try again or to dial another number.`,
      tone: 'warn',
    };
  }
  if (calleeLeft) {
    return {
      title: 'The other person has hung up',
      detail: `${interpreter(view)} is still here: ask for another number, or hang up.`,
      tone: 'warn',
    };
  }
  return {
    title: `${interpreter(view)} is here`,
    detail: `${interpreter(view)} will dial ${formatNumber(view.dialedNumber)} now.`,
    tone: 'good',
  };
}

const endTexts: Record<EndReason, (side: Side) => [title: string, detail: string]> = {
  none: () => ['Call ended', ''],
  abandoned: () => ['Call cancelled', 'The call was ended before an interpreter was there.'],
  callerHungUp: side => ['Call ended', side === 'caller' ? 'You hung up.' : 'The other person hung up.'],
  calleeHungUp: side => ['Call ended', side === 'callee' ? 'You hung up.' : 'The other person hung up.'],
  interpreterHungUp: () => ['Call ended', 'The interpreter ended the call.'],
  noInterpreter: () => ['No interpreter was free', 'Nobody became free in time. Please try again in a few minutes.'],
  callerLost: side => [
    'Call ended',
    side === 'caller' ? 'Your connection was lost for too long.' : 'The other person’s connection was lost.',
  ],
  interpreterLost: () => ['Call ended', 'The interpreter was lost and no other was free in time. Please call again.'],
  idle: () => ['Call ended', 'No number was dialed for a while.'],
  setupFailed: () => ['The call could not be set up', 'Something failed while connecting. Please try again.'],
  operatorEnded: () => ['Call ended', 'The service’s staff ended the call.'],
  serviceClosed: () => ['The relay service is closed', 'Please call again during opening hours.'],
  callbackExpired: () => ['No interpreter was free', 'We could not call you back in time. Please call again.'],
  callbackUnanswered: () => ['You missed our callback', 'An interpreter was there for you. Please call again.'],
};

export function endText(reason: EndReason, side: Side): CallText {
  const [title, detail] = endTexts[reason](side);
  return { title, detail, tone: 'over' };
}

/** The end of a call as its view tells it: a wish for nobody else says more than the reason. */
export function endOf(view: CallView, side: Side): CallText {
  const unmet = view.endReason === 'noInterpreter' ? wishNotMet(view) : '';
  return unmet === ''
    ? endText(view.endReason, side)
    : { title: 'The interpreter you asked for was not free', detail: unmet, tone: 'over' };
}

/** One word or two for a reason, as on the operations page. */
export const endReasonWords: Record<EndReason, string> = {
  none: '',
  abandoned: 'caller gave up waiting',
  callerHungUp: 'caller hung up',
  interpreterHungUp: 'interpreter hung up',
  calleeHungUp: 'called party hung up',
  noInterpreter: 'no interpreter free',
  callerLost: 'caller’s connection lost',
  interpreterLost: 'interpreter’s connection lost',
  idle: 'nothing dialed',
  setupFailed: 'set-up failed',
  operatorEnded: 'ended by operator',
  serviceClosed: 'service closed',
  callbackExpired: 'no interpreter free to call back',
  callbackUnanswered: 'callback not answered',
};

// A second interpreter, for those who see her: the one who called sees both, the other party hears one.
function colleagueText(view: CallView, side: Side): string {
  const { colleague } = view;
  if (view.phase === 'ended') {
    return '';
  }
  if (colleague === null) {
    return view.colleagueOutcome === 'tookOver' ? `${interpreter(view)} has taken over.` : '';
  }
  const hasCome = colleague.name !== null && (colleague.stage === 'joined' || colleague.purpose === 'relief');
  if (!hasCome) {
    return '';
  }
  return colleague.purpose === 'relief'
    ? `${colleague.name} is taking over from ${interpreter(view)}; you need not do anything.`
    : side === 'caller'
      ? `${colleague.name} has joined to support.`
      : '';
}

// Whom she asked for, from the line to the conversation.
function wishText(view: CallView): string {
  const waiting = view.phase === 'received' || view.phase === 'queued' || view.phase === 'offered';
  return waiting ? wishWhileWaiting(view) : view.phase === 'ended' ? '' : wishOutcome(view);
}

/** What a page says about the call; it remembers itself whether somebody was there before and left. */
export function callText(view: CallView, side: Side, calleeLeft = false): CallText {
  const text = phaseTexts[view.phase](view, side, calleeLeft);
  const further = [wishText(view), colleagueText(view, side)];
  return { ...text, detail: [text.detail, ...further].filter(part => part !== '').join(' ') };
}

/** What a refused call attempt means, by its SIP status, in words with a remedy. */
export function refusedText(status: number, cause: string): CallText {
  const rows: Record<number, [title: string, detail: string]> = {
    401: ['Sign-in has run out', 'Sign in again, then call.'],
    403: ['This call is not allowed', 'Your account may not place this call. Ask for help if you think it should.'],
    404: ['That number does not exist', 'Check the number and dial again.'],
    408: ['Nobody answered', 'Please try again later.'],
    480: ['Not reachable now', 'The other side is not reachable now. Please try again later.'],
    484: ['The number is incomplete', 'Check the number and dial again.'],
    486: ['The line is busy', 'Please try again in a few minutes.'],
    487: ['Call cancelled', 'The call was ended before it was answered.'],
    488: ['This device cannot make the call', 'The service and this browser found no secure video they both know.'],
    503: ['The service is very busy', 'Please try again in a moment.'],
    600: ['The line is busy', 'Please try again in a few minutes.'],
    603: ['The call was declined', 'The other person does not take the call now.'],
  };
  const row = rows[status];
  if (row !== undefined) {
    return { title: row[0], detail: row[1], tone: 'over' };
  }
  const shown = status > 0 ? `${cause}, ${status}` : cause;
  return { title: 'The call did not go through', detail: `Please try again. (${shown})`, tone: 'over' };
}
