// The server's views as JSON: camelCase names, enums as camelCase strings, times as ISO 8601, ids as plain strings.

export type Role = 'caller' | 'interpreter' | 'phone' | 'operator' | 'auditor';

export type CallPhase =
  | 'new'
  | 'received'
  | 'queued'
  | 'offered'
  | 'connecting'
  | 'connected'
  | 'dialing'
  | 'relaying'
  | 'recovering'
  | 'ended';

export type CallDirection = 'deafToHearing' | 'hearingToDeaf';

export type EndReason =
  | 'none'
  | 'abandoned'
  | 'callerHungUp'
  | 'interpreterHungUp'
  | 'calleeHungUp'
  | 'noInterpreter'
  | 'callerLost'
  | 'interpreterLost'
  | 'idle'
  | 'setupFailed'
  | 'operatorEnded'
  | 'serviceClosed'
  | 'callbackExpired'
  | 'callbackUnanswered';

export type LegRole = 'caller' | 'interpreterToCaller' | 'interpreterToCallee' | 'callee';

export type LegState = 'inviting' | 'ringing' | 'established' | 'interrupted' | 'ended';

export type InterpreterStatus = 'signedOut' | 'available' | 'reserved' | 'onCall' | 'wrapUp' | 'break' | 'lost';

/** Why she is on a break; the last one nobody chooses. */
export type BreakKind = 'rest' | 'meal' | 'meeting' | 'training' | 'technical' | 'other' | 'missedOffers';

export type PriorityClass = 'emergency' | 'recovering' | 'urgent' | 'standard';

export type ReleaseReason = 'withdrawn' | 'missed' | 'setupFailed' | 'served';

/** A party who put the other side on hold. */
export interface HoldView {
  since: string;
  /** It has lasted longer than it should. */
  isLong: boolean;
}

/** What a second interpreter is wanted for: to take the first one's place, or to join her. */
export type ColleaguePurpose = 'relief' | 'support';

export type ColleagueStage = 'sought' | 'asked' | 'joining' | 'joined';

export type ColleagueOutcome = 'none' | 'nobodyCame' | 'tookOver' | 'left' | 'lost' | 'dismissed';

/** A second interpreter; who she is is told once she accepted. */
export interface ColleagueView {
  purpose: ColleaguePurpose;
  stage: ColleagueStage;
  interpreter: string | null;
  name: string | null;
  caId: string | null;
  since: string;
  /** Relief was asked for before the first interpreter's minimum stay was over. */
  early: boolean;
}

export interface LegView {
  number: number;
  role: LegRole;
  state: LegState;
  name: string;
  /** Whether it belongs to the second interpreter's side of the call. */
  colleague: boolean;
  /** This party holds the other side of its bridge; null when not. */
  hold: HoldView | null;
}

export interface QueuePosition {
  /** 1 is next. */
  position: number;
  waiting: number;
  /** Null when nothing is known yet. */
  estimatedWaitSeconds: number | null;
}

export type WishOutcome = 'open' | 'met' | 'fellBack' | 'notMet';

/** Whom the Deaf person would like to have as her interpreter, and what has become of it. */
export interface WishView {
  gender: string | null;
  interpreter: string | null;
  otherwise: 'anyone' | 'keepWaiting';
  /** Until when nobody else is asked; null when others may be asked at once. */
  nobodyElseUntil: string | null;
  outcome: WishOutcome;
}

/** A caller's standing preference. To change it, the name or CA number of an interpreter will do. */
export interface Preference {
  gender: string | null;
  interpreter: string | null;
  interpreterName: string | null;
  waitSeconds: number;
  otherwise: 'anyone' | 'wait';
}

/** What a page may see of a call; a higher version is newer. */
export interface CallView {
  call: string;
  session: string;
  version: number;
  phase: CallPhase;
  direction: CallDirection;
  callerName: string;
  callerNumber: string | null;
  dialedNumber: string;
  interpreterName: string | null;
  caId: string | null;
  pool: string;
  priority: PriorityClass;
  queue: QueuePosition | null;
  callerAway: boolean;
  /** SIP status that ended the last attempt to reach the called party, or 0. */
  calleeStatus: number;
  legs: LegView[];
  startedAt: string;
  phaseSince: string;
  deadline: string | null;
  endReason: EndReason;
  colleague: ColleagueView | null;
  colleagueOutcome: ColleagueOutcome;
  /** The caller is called back, if an interpreter is free before then; else null. */
  callbackUntil: string | null;
  /** Told to the Deaf person and to operators; null to everybody else, and when nobody is wished for. */
  wish: WishView | null;
}

export interface InterpreterView {
  interpreter: string;
  version: number;
  displayName: string;
  caId: string;
  status: InterpreterStatus;
  consoleReady: boolean;
  breakKind: BreakKind | null;
  /** Her own words about her break. */
  breakReason: string | null;
  call: string | null;
  since: string;
  deadline: string | null;
  missedOffers: number;
  /** The console she signed in at. */
  console: string | null;
  /** Whoever extends the deadline must name this. */
  deadlineNumber: number;
  /** How far wrap-up can be extended. */
  latestWrapUp: string | null;
  /** Since when a break is due that she has not taken. */
  breakDueSince: string | null;
}

export interface OfferView {
  call: string;
  offer: number;
  session: string;
  direction: CallDirection;
  callerName: string;
  dialedNumber: string;
  pool: string;
  priority: PriorityClass;
  waitedSeconds: number;
  deadline: string;
  /** What for, when another interpreter serves the call already. */
  purpose: ColleaguePurpose | null;
  /** The name of that interpreter. */
  colleague: string | null;
  /** How long she has served it, in seconds. */
  callSeconds: number;
  /** The version of her status when she was asked. */
  asOf: number;
}

export interface QueueView {
  pool: string;
  version: number;
  waiting: number;
  reserved: number;
  freeInterpreters: number;
  oldestSince: string | null;
}

export interface BoardView {
  version: number;
  at: string;
  calls: CallView[];
  queues: QueueView[];
  interpreters: InterpreterView[];
  recentEnds: CallView[];
}

/** Why a request was said no to; the detail is a plain sentence for the person who asked. */
export interface Refusal {
  reason: string;
  detail: string;
}

/** Who did what to which call, when, from where, with what outcome. */
export interface AuditEntry {
  id: number;
  subject: string;
  number: number;
  at: string;
  actor: string;
  role: string;
  action: string;
  /** `done`, or why not. */
  outcome: string;
  call: string | null;
  session: string | null;
  address: string | null;
  detail: string | null;
}

/** One page of the audit trail, newest first; `before` asks for the next, and is null when there is none. */
export interface AuditAnswer {
  events: AuditEntry[];
  before: number | null;
}

/** The answer to sign-in and to a token refresh. */
export interface SignInAnswer {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  user: string;
  role: Role;
  displayName: string;
  number: string | null;
  sipUri: string;
  webSocketUrl: string;
  pool: string | null;
}

export interface IceServersAnswer {
  iceServers: { urls: string[]; username?: string; credential?: string }[];
  ttlSeconds: number;
}

export interface DemoAccount {
  user: string;
  displayName: string;
  role: Role;
  number: string | null;
}

/** Of two versions of the same thing, the newer one. A message that was overtaken on its way changes nothing. */
export function newer<T extends { version: number }>(current: T | null, incoming: T): T {
  return current !== null && incoming.version < current.version ? current : incoming;
}
