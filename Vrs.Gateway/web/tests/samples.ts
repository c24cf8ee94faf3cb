import type {
  AuditEntry,
  BoardView,
  CallView,
  ColleagueView,
  InterpreterView,
  LegView,
  OfferView,
} from '../shared/contracts';
import type { Session } from '../shared/session';

const leg = (more: Pick<LegView, 'number' | 'role' | 'state' | 'name'>): LegView => ({
  colleague: false,
  hold: null,
  ...more,
});

/** A second interpreter on her way or there. */
export function colleagueView(changes: Partial<ColleagueView> = {}): ColleagueView {
  return {
    purpose: 'relief',
    stage: 'sought',
    interpreter: null,
    name: null,
    caId: null,
    since: '2026-03-01T12:04:00Z',
    early: false,
    ...changes,
  };
}

/** Views as the server sends them, for tests and for the gallery of states. */
export function callView(changes: Partial<CallView> = {}): CallView {
  return {
    call: 'c-1',
    session: '5d1a0c8e2f6b4a7d9c3e1f0b8a6d4c2e',
    version: 1,
    phase: 'queued',
    direction: 'deafToHearing',
    callerName: 'Dana Reyes',
    callerNumber: '+15550101',
    dialedNumber: '+15550201',
    interpreterName: null,
    caId: null,
    pool: 'ase+en',
    priority: 'standard',
    queue: null,
    callerAway: false,
    calleeStatus: 0,
    legs: [leg({ number: 1, role: 'caller', state: 'inviting', name: 'Dana Reyes' })],
    startedAt: '2026-03-01T12:00:00Z',
    phaseSince: '2026-03-01T12:00:05Z',
    deadline: null,
    endReason: 'none',
    colleague: null,
    colleagueOutcome: 'none',
    callbackUntil: null,
    wish: null,
    ...changes,
  };
}

export function relayingView(changes: Partial<CallView> = {}): CallView {
  return callView({
    version: 9,
    phase: 'relaying',
    interpreterName: 'Ines Marchetti',
    caId: '7001',
    legs: [
      leg({ number: 1, role: 'caller', state: 'established', name: 'Dana Reyes' }),
      leg({ number: 2, role: 'interpreterToCaller', state: 'established', name: 'Ines Marchetti' }),
      leg({ number: 3, role: 'interpreterToCallee', state: 'established', name: 'Ines Marchetti' }),
      leg({ number: 4, role: 'callee', state: 'established', name: 'Hana Suzuki' }),
    ],
    ...changes,
  });
}

export function interpreterView(changes: Partial<InterpreterView> = {}): InterpreterView {
  return {
    interpreter: 'ines',
    version: 1,
    displayName: 'Ines Marchetti',
    caId: '7001',
    status: 'available',
    consoleReady: true,
    breakKind: null,
    breakReason: null,
    call: null,
    since: '2026-03-01T11:58:00Z',
    deadline: null,
    missedOffers: 0,
    console: null,
    deadlineNumber: 1,
    latestWrapUp: null,
    breakDueSince: null,
    ...changes,
  };
}

export function offerView(changes: Partial<OfferView> = {}): OfferView {
  return {
    call: 'c-1',
    offer: 1,
    session: '5d1a0c8e2f6b4a7d9c3e1f0b8a6d4c2e',
    direction: 'deafToHearing',
    callerName: 'Dana Reyes',
    dialedNumber: '+15550201',
    pool: 'ase+en',
    priority: 'standard',
    waitedSeconds: 42,
    deadline: '2026-03-01T12:00:15Z',
    purpose: null,
    colleague: null,
    callSeconds: 0,
    asOf: 0,
    ...changes,
  };
}

export function boardView(changes: Partial<BoardView> = {}): BoardView {
  return {
    version: 1,
    at: '2026-03-01T12:00:00Z',
    calls: [
      relayingView(),
      callView({
        call: 'c-2',
        callerName: 'Deniz Aydin',
        dialedNumber: '+12025550147',
        queue: { position: 1, waiting: 1, estimatedWaitSeconds: 70 },
      }),
    ],
    queues: [
      { pool: 'ase+en', version: 1, waiting: 1, reserved: 0, freeInterpreters: 0, oldestSince: '2026-03-01T12:00:05Z' },
    ],
    interpreters: [
      interpreterView({ status: 'onCall', call: 'c-1' }),
      interpreterView({
        interpreter: 'ivan',
        displayName: 'Ivan Petrov',
        caId: '7002',
        status: 'break',
        breakKind: 'meal',
      }),
    ],
    recentEnds: [
      relayingView({ call: 'c-0', phase: 'ended', endReason: 'calleeHungUp' }),
      callView({ call: 'c-00', phase: 'ended', callerName: 'Deniz Aydin', endReason: 'abandoned' }),
    ],
    ...changes,
  };
}

export function auditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 7,
    subject: 'call:c-1',
    number: 3,
    at: '2026-03-01T12:00:05.250Z',
    actor: 'ines',
    role: 'interpreter',
    action: 'call.offer_accepted',
    outcome: 'done',
    call: 'c-1',
    session: '5d1a0c8e2f6b4a7d9c3e1f0b8a6d4c2e',
    address: null,
    detail: 'Offered to Connecting',
    ...changes,
  };
}

export function session(changes: Partial<Session> = {}): Session {
  return {
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    issuedAt: 0,
    expiresAt: 600_000,
    user: 'dana',
    role: 'caller',
    displayName: 'Dana Reyes',
    number: '+15550101',
    sipUri: 'sip:dana@vrs.local',
    webSocketUrl: 'wss://localhost:8443/sip',
    pool: 'ase+en',
    ...changes,
  };
}
