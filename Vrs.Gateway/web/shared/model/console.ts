import type {
  CallView,
  ColleaguePurpose,
  InterpreterView,
  LegRole,
  LegState,
  OfferView,
  ReleaseReason,
} from '../contracts';
import { newer } from '../contracts';
import type { HubState } from '../hub';
import type { MediaProblem } from '../media';
import type { LineState } from '../sip/sipPhone';
import { type Holding, nobodyHolds } from './hold';

/** The interpreter's own end of one leg, as her browser knows it. */
export type OwnLeg = 'none' | 'setup' | 'on';

/** Everything the interpreter's console shows. */
export interface ConsoleState {
  hub: HubState;
  line: LineState;
  /** This page, as the service names it. */
  device: string;
  interpreter: InterpreterView | null;
  offer: OfferView | null;
  /** The offer she answered last; what comes about it later is no news. */
  answered: OfferView | null;
  call: CallView | null;
  callerLeg: OwnLeg;
  calleeLeg: OwnLeg;
  /** Who holds whom on each of her legs. */
  holding: Record<'caller' | 'callee', Holding>;
  muted: boolean;
  /** One sentence about what just happened, e.g. why an offer went away. */
  notice: string | null;
  problem: MediaProblem | null;
}

export type ConsoleEvent =
  | { type: 'hub'; hub: HubState }
  | { type: 'line'; line: LineState }
  | { type: 'interpreter'; view: InterpreterView }
  | { type: 'offer'; offer: OfferView }
  | { type: 'offerWithdrawn'; call: string; offer: number; reason: ReleaseReason }
  | { type: 'offerAnswered' }
  | { type: 'call'; view: CallView }
  | { type: 'leg'; which: 'caller' | 'callee'; leg: OwnLeg }
  | { type: 'held'; which: 'caller' | 'callee'; holding: Holding; refused: boolean }
  | { type: 'muted'; muted: boolean }
  | { type: 'notice'; notice: string | null }
  | { type: 'problem'; problem: MediaProblem | null };

export const initialConsole: ConsoleState = {
  hub: 'connecting',
  line: 'connecting',
  device: '',
  interpreter: null,
  offer: null,
  answered: null,
  call: null,
  callerLeg: 'none',
  calleeLeg: 'none',
  holding: { caller: nobodyHolds, callee: nobodyHolds },
  muted: false,
  notice: null,
  problem: null,
};

/** What is said when an offer goes away that she did not answer. */
export const withdrawnTexts: Record<ReleaseReason, string> = {
  withdrawn: 'The caller hung up before you answered.',
  missed: 'You missed an offer. After several in a row you are put on break.',
  setupFailed: 'The call could not be connected to your console.',
  served: '',
};

/** Pure: what the console shows after an event. */
export function reduceConsole(state: ConsoleState, event: ConsoleEvent): ConsoleState {
  switch (event.type) {
    case 'hub':
      return { ...state, hub: event.hub };
    case 'line':
      return { ...state, line: event.line };
    case 'interpreter':
      return adoptInterpreter(state, event.view);
    case 'offer':
      return state.offer !== null && state.offer.offer > event.offer.offer && state.offer.call === event.offer.call
        ? state
        : { ...state, offer: event.offer, notice: null };
    case 'offerWithdrawn':
      return withdraw(state, event);
    case 'offerAnswered':
      return { ...state, offer: null, answered: state.offer, notice: null };
    case 'call':
      return adoptCall(state, event.view);
    case 'leg':
      return event.which === 'caller' ? { ...state, callerLeg: event.leg } : { ...state, calleeLeg: event.leg };
    case 'held':
      return {
        ...state,
        holding: { ...state.holding, [event.which]: event.holding },
        notice: event.refused ? 'That was not possible just now. Try again.' : state.notice,
      };
    case 'muted':
      return { ...state, muted: event.muted };
    case 'notice':
      return { ...state, notice: event.notice };
    case 'problem':
      return { ...state, problem: event.problem };
  }
}

// The status also settles an offer whose withdrawal was lost on the way.
function adoptInterpreter(state: ConsoleState, view: InterpreterView): ConsoleState {
  const interpreter = newer(state.interpreter, view);
  // A late word from before she was asked takes no offer off her screen.
  const isAsked = interpreter.status === 'reserved' || (state.offer !== null && interpreter.version < state.offer.asOf);
  const offer = isAsked ? state.offer : null;
  return interpreter === state.interpreter ? state : { ...state, interpreter, offer };
}

function withdraw(state: ConsoleState, gone: { call: string; offer: number; reason: ReleaseReason }): ConsoleState {
  const isOther = (offer: OfferView) => offer.call !== gone.call || offer.offer !== gone.offer;
  if ((state.offer !== null && isOther(state.offer)) || (state.answered !== null && !isOther(state.answered))) {
    return state;
  }
  return { ...state, offer: null, notice: withdrawnTexts[gone.reason] || null };
}

function adoptCall(state: ConsoleState, view: CallView): ConsoleState {
  // A late word about an earlier call must not push the present one off the screen.
  const isOther = state.call !== null && state.call.call !== view.call;
  if (isOther && view.phase === 'ended') {
    return state;
  }
  const call = isOther ? view : newer(state.call, view);
  return call === state.call ? state : { ...state, call };
}

/** Whether a call is on her screen: it is live, and she has a leg in it. */
export function onCall(state: ConsoleState): boolean {
  return state.callerLeg !== 'none' || (state.call !== null && state.call.phase !== 'ended' && serving(state));
}

/** Whether she works at another console: no calls come to this one. */
export function isElsewhere(state: ConsoleState): boolean {
  const console = state.interpreter?.console ?? null;
  return console !== null && console !== state.device;
}

function serving(state: ConsoleState): boolean {
  const view = state.interpreter;
  const serves = view?.status === 'onCall' || view?.status === 'lost';
  return serves && !isElsewhere(state) && view.call === state.call?.call;
}

/** The part she has in the call on her screen: the one who serves, or a second interpreter beside her. */
export function partOf(state: ConsoleState): 'serves' | ColleaguePurpose {
  const colleague = state.call?.colleague ?? null;
  const isHer = colleague !== null && colleague.interpreter === state.interpreter?.interpreter;
  return isHer ? colleague.purpose : 'serves';
}

/**
 * A party who is still there after another interpreter was lost, or whom a first interpreter has until now: her console
 * takes them in without dialing again.
 */
export function needsRejoin(state: ConsoleState): boolean {
  const part = partOf(state);
  const isHerTurn =
    (part === 'serves' && state.call?.phase === 'connected') ||
    (part === 'relief' && state.call?.phase === 'relaying' && state.call.colleague?.stage === 'joined');
  return (
    isHerTurn &&
    state.callerLeg === 'on' &&
    state.calleeLeg === 'none' &&
    ['established', 'interrupted'].includes(legState(state.call, 'callee') ?? '')
  );
}

/**
 * The state of the newest leg with this role, or null when there is none. Of several devices, one that rings counts.
 * A second interpreter has a leg of the caller to herself.
 */
export function legState(view: CallView | null, role: LegRole, colleague = false): LegState | null {
  const legs = view?.legs.filter(leg => leg.role === role && leg.colleague === colleague) ?? [];
  const states = legs.map(leg => leg.state);
  const newest = states.at(-1) ?? null;
  return newest === 'inviting' && states.includes('ringing') ? 'ringing' : newest;
}

export const legStateWords: Record<LegState, string> = {
  inviting: 'calling',
  ringing: 'ringing',
  established: 'connected',
  interrupted: 'interrupted – waiting for the connection',
  ended: 'ended',
};
