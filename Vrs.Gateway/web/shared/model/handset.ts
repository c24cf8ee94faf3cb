import type { CallView } from '../contracts';
import { newer } from '../contracts';
import type { HubState } from '../hub';
import type { MediaProblem } from '../media';
import type { CallEnd } from '../sip/sipCall';
import type { LineState } from '../sip/sipPhone';
import { type Holding, holdText, nobodyHolds } from './hold';
import { type CallText, callText, endOf, endText, refusedText, type Side } from './callText';

export type HandsetScreen = 'idle' | 'outgoing' | 'ringing' | 'talking' | 'ended';

/** Everything the caller's page and the web phone show; one call at a time. */
export interface HandsetState {
  screen: HandsetScreen;
  line: LineState;
  hub: HubState;
  side: Side;
  /** The number dialed, or who is calling. */
  party: string;
  callId: string | null;
  view: CallView | null;
  /** The newest view whose call this page does not know by number yet. */
  unclaimed: CallView | null;
  /** The called person was in the call and hung up; the interpreter is still there. */
  calleeLeft: boolean;
  /** The call that waits without this page: its caller is called back. */
  callback: CallView | null;
  /** How a promised callback came to nothing, until the next call. */
  callbackEnd: CallText | null;
  /** Why the service said no to what was asked on this page. */
  refusal: string | null;
  /** The connection was lost while waiting; the page is taking its place in line again. */
  resuming: boolean;
  /** The person hung up while there was no connection; it is carried out when the line is back. */
  hangUpOwed: boolean;
  problem: MediaProblem | null;
  end: CallText | null;
  answeredAt: number | null;
  holding: Holding;
  /** A hold, or its end, could not be carried out just now. */
  holdRefused: boolean;
}

export type HandsetEvent =
  | { type: 'line'; line: LineState }
  | { type: 'hub'; hub: HubState }
  /** A fatal problem ends the attempt; any other leaves time to solve it (the phone may still be ringing). */
  | { type: 'problem'; problem: MediaProblem | null; fatal?: boolean }
  | { type: 'dialed'; number: string }
  /** `callback`: the service calls back the one who waited. */
  | { type: 'incoming'; name: string; callId: string | null; callback?: boolean }
  | { type: 'refused'; detail: string | null }
  | { type: 'progress'; callId: string | null }
  | { type: 'answered'; callId: string | null; at: number }
  | { type: 'dropped' }
  | { type: 'held'; holding: Holding; refused: boolean }
  | { type: 'ended'; end: CallEnd }
  | { type: 'hungUp'; owed: boolean }
  | { type: 'view'; view: CallView }
  | { type: 'settled' }
  | { type: 'dismissed' };

export const initialHandset: HandsetState = {
  screen: 'idle',
  line: 'connecting',
  hub: 'connecting',
  side: 'caller',
  party: '',
  callId: null,
  view: null,
  unclaimed: null,
  calleeLeft: false,
  callback: null,
  callbackEnd: null,
  refusal: null,
  resuming: false,
  hangUpOwed: false,
  problem: null,
  end: null,
  answeredAt: null,
  holding: nobodyHolds,
  holdRefused: false,
};

const live = (state: HandsetState) => state.screen === 'outgoing' || state.screen === 'talking';

/** Pure: what the page shows after an event. */
export function reduceHandset(state: HandsetState, event: HandsetEvent): HandsetState {
  switch (event.type) {
    case 'line':
      return { ...state, line: event.line };
    case 'hub':
      return { ...state, hub: event.hub };
    case 'problem':
      return { ...(event.fatal === true ? { ...begin(state), screen: 'idle' } : state), problem: event.problem };
    case 'dialed':
      return { ...begin(state), screen: 'outgoing', side: 'caller', party: event.number };
    case 'incoming':
      return event.callback === true
        ? claim({ ...begin(state), screen: 'ringing', side: 'caller', party: calledBackFor(state) }, event.callId)
        : claim({ ...begin(state), screen: 'ringing', side: 'callee', party: event.name }, event.callId);
    case 'refused':
      return { ...state, refusal: event.detail };
    case 'progress':
      return live(state) ? claim({ ...state, resuming: false }, event.callId) : state;
    case 'answered':
      return state.screen === 'ended' || state.screen === 'idle'
        ? state
        : claim(
            { ...state, screen: 'talking', resuming: false, answeredAt: state.answeredAt ?? event.at },
            event.callId,
          );
    case 'dropped':
      return state.screen === 'outgoing' ? { ...state, resuming: true } : state;
    case 'held':
      return { ...state, holding: event.holding, holdRefused: event.refused };
    case 'ended':
      return finish(state, event.end);
    case 'hungUp':
      return {
        ...state,
        screen: 'ended',
        resuming: false,
        hangUpOwed: event.owed,
        end: endText(
          state.answeredAt === null && state.side === 'caller' ? 'abandoned' : hungUpBy(state.side),
          state.side,
        ),
      };
    case 'view':
      return rememberCallback(adopt(state, event.view), event.view);
    case 'settled':
      return { ...state, hangUpOwed: false };
    case 'dismissed':
      return state.screen === 'ended' ? { ...begin(state), screen: 'idle' } : state;
  }
}

const hungUpBy = (side: Side) => (side === 'caller' ? 'callerHungUp' : 'calleeHungUp');

function begin(state: HandsetState): HandsetState {
  return {
    ...initialHandset,
    line: state.line,
    hub: state.hub,
    unclaimed: state.unclaimed,
    callback: state.callback,
    hangUpOwed: state.hangUpOwed,
  };
}

// The service told which call this is: a view of it may be here already.
function claim(state: HandsetState, callId: string | null): HandsetState {
  if (callId === null || callId === state.callId) {
    return state;
  }
  const view = [state.unclaimed, state.callback].find(known => known?.call === callId) ?? null;
  return { ...state, callId, view };
}

function adopt(state: HandsetState, view: CallView): HandsetState {
  if (view.call !== state.callId) {
    return { ...state, unclaimed: state.unclaimed?.call === view.call ? newer(state.unclaimed, view) : view };
  }
  const current = newer(state.view, view);
  if (current === state.view) {
    return state;
  }
  const calleeLeft = current.phase === 'connected' && (state.calleeLeft || state.view?.phase === 'relaying');
  const next = { ...state, view: current, calleeLeft };
  if (current.callbackUntil !== null && (state.screen === 'outgoing' || state.screen === 'ended')) {
    return { ...next, screen: 'ended', resuming: false, end: promisedText };
  }
  // A refusal by SIP comes before the view that says why: who waited is told the reason then.
  const isNews = state.screen !== 'ended' || (state.side === 'caller' && state.answeredAt === null);
  return current.phase === 'ended' && state.screen !== 'idle' && isNews
    ? { ...next, screen: 'ended', resuming: false, end: endOf(current, state.side) }
    : next;
}

function finish(state: HandsetState, end: CallEnd): HandsetState {
  if (state.screen === 'ended' || state.screen === 'idle') {
    return state;
  }
  return { ...state, screen: 'ended', resuming: false, end: finishText(state, end) };
}

function finishText(state: HandsetState, end: CallEnd): CallText {
  if (state.view?.phase === 'ended' && state.view.endReason !== 'none') {
    return endOf(state.view, state.side);
  }
  if (state.screen === 'ringing' && end.elsewhere) {
    return { title: 'Answered on another device', detail: 'You took this call on another device.', tone: 'over' };
  }
  if (state.screen === 'ringing' && state.side === 'caller' && end.by !== 'local') {
    return endText('callbackUnanswered', 'caller');
  }
  if (state.screen === 'ringing') {
    return end.by === 'local'
      ? { title: 'Call declined', detail: 'You did not take the call.', tone: 'over' }
      : { title: 'Missed call', detail: `${state.party} stopped calling.`, tone: 'over' };
  }
  if (state.screen === 'outgoing') {
    return refusedText(end.status, end.cause);
  }
  return endText(end.by === 'local' ? hungUpBy(state.side) : 'none', state.side);
}

const promisedText: CallText = {
  title: 'We will call you back',
  detail: 'Your place in line is kept. When an interpreter is there, this screen flashes: keep the page open.',
  tone: 'good',
};

const calledBackFor = (state: HandsetState) => state.callback?.dialedNumber ?? '';

// The callback this person waits for: told by the service, so that any page of hers shows it.
function rememberCallback(state: HandsetState, view: CallView): HandsetState {
  const known = state.callback?.call === view.call ? state.callback : null;
  if (known !== null && view.version < known.version) {
    return state;
  }
  if (view.callbackUntil !== null) {
    return { ...state, callback: view };
  }
  if (known === null) {
    return state;
  }
  const missed = view.endReason === 'callbackExpired' || view.endReason === 'callbackUnanswered';
  return { ...state, callback: null, callbackEnd: missed ? endText(view.endReason, 'caller') : null };
}

const holderName = (state: HandsetState) => state.view?.interpreterName ?? 'The interpreter';

/** The live status line of a handset. */
export function handsetText(state: HandsetState): CallText {
  if (state.end !== null) {
    return state.end;
  }
  if (state.resuming) {
    return {
      title: 'Connection lost – your place in line is kept',
      detail: 'This page is reconnecting by itself. You do not have to do anything.',
      tone: 'warn',
    };
  }
  const held = state.screen === 'talking' ? holdText(state.holding, holderName(state)) : null;
  if (held !== null) {
    return held;
  }
  if (state.view !== null) {
    return callText(state.view, state.side, state.calleeLeft);
  }
  return state.screen === 'talking'
    ? { title: 'Connected', detail: 'The call is under way.', tone: 'good' }
    : { title: 'Calling', detail: 'Reaching the relay service.', tone: 'busy' };
}
