import type { ComponentChild } from 'preact';
import { AuditPage } from '../../audit/auditPage';
import { CallerPage } from '../../caller/callerPage';
import { ConsolePage } from '../../interpreter/consolePage';
import { OperationsPage } from '../../operations/operationsPage';
import { PhonePage } from '../../phone/phonePage';
import type { Api } from '../../shared/api';
import type { DemoAccount, LegRole } from '../../shared/contracts';
import { mediaProblem } from '../../shared/media';
import type { ConsoleState } from '../../shared/model/console';
import type { HandsetState } from '../../shared/model/handset';
import { endText } from '../../shared/model/callText';
import { anything } from '../../shared/model/audit';
import { SignInPage } from '../../signin/signInPage';
import {
  auditEntry,
  boardView,
  callView,
  colleagueView,
  interpreterView,
  offerView,
  relayingView,
  session,
} from '../samples';
import { boardStore, fakeConsole, fakeHandset, keptPreference } from '../fakes';
import { drawnStream, looks } from '../drawnStream';

const nothing = () => undefined;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const ahead = (seconds: number) => ago(-seconds);

function caller(changes: Partial<HandsetState>, remote = false, second = false): ComponentChild {
  const streams = {
    local: drawnStream(looks.dana),
    remote: remote ? drawnStream(looks.ines) : null,
    second: second ? drawnStream(looks.ines) : null,
  };
  return (
    <CallerPage
      handset={fakeHandset({ line: 'ready', hub: 'up', ...changes }, streams)}
      session={session()}
      preferences={keptPreference()}
      onSignOut={nothing}
    />
  );
}

function phone(changes: Partial<HandsetState>): ComponentChild {
  const hana = session({ user: 'hana', role: 'phone', displayName: 'Hana Suzuki', number: '+15550201' });
  return (
    <PhonePage handset={fakeHandset({ line: 'ready', hub: 'up', ...changes })} session={hana} onSignOut={nothing} />
  );
}

function desk(changes: Partial<ConsoleState>, onCall = false): ComponentChild {
  const ines = session({ user: 'ines', role: 'interpreter', displayName: 'Ines Marchetti', number: null });
  const streams = {
    local: drawnStream(looks.ines),
    caller: onCall ? drawnStream(looks.dana) : null,
    callee: null,
  };
  const state = { line: 'ready', hub: 'up', interpreter: interpreterView({ since: ago(130) }), ...changes } as const;
  return <ConsolePage console={fakeConsole(state, streams)} session={ines} onSignOut={nothing} />;
}

const demo: DemoAccount[] = [
  { user: 'dana', displayName: 'Dana Reyes', role: 'caller', number: '+15550101' },
  { user: 'deniz', displayName: 'Deniz Aydin', role: 'caller', number: '+15550102' },
  { user: 'ines', displayName: 'Ines Marchetti', role: 'interpreter', number: null },
  { user: 'ivan', displayName: 'Ivan Petrov', role: 'interpreter', number: null },
  { user: 'hana', displayName: 'Hana Suzuki', role: 'phone', number: '+15550201' },
  { user: 'hugo', displayName: 'Hugo Lambert', role: 'phone', number: '+15550202' },
  { user: 'olga', displayName: 'Olga Nowak', role: 'operator', number: null },
];

const recent = { startedAt: ago(95), phaseSince: ago(20) };
const outgoing = { screen: 'outgoing', party: '+15550201', callId: 'c-1' } as const;
const talking = { screen: 'talking', party: '+15550201', callId: 'c-1', answeredAt: Date.now() - 83_000 } as const;
const supporter = colleagueView({
  purpose: 'support',
  stage: 'joined',
  interpreter: 'ivan',
  name: 'Ivan Petrov',
  caId: '7002',
});
const serving = interpreterView({ status: 'onCall', call: 'c-1', since: ago(60) });

const heldBy = (...roles: LegRole[]) =>
  relayingView({
    ...recent,
    legs: relayingView().legs.map(leg => ({
      ...leg,
      hold: roles.includes(leg.role) ? { since: ago(20), isLong: leg.role === 'callee' } : null,
    })),
  });

const waitingForCallback = callView({
  ...recent,
  callbackUntil: ahead(7000),
  queue: { position: 2, waiting: 5, estimatedWaitSeconds: 130 },
});

export const states: Record<string, () => ComponentChild> = {
  'sign-in': () => (
    <SignInPage
      api={{ demoAccounts: () => Promise.resolve(demo) } as unknown as Api}
      expired={false}
      onSignedIn={nothing}
    />
  ),
  'caller-idle': () => caller({}),
  'caller-problem': () => caller({ problem: mediaProblem('NotAllowedError', 'video') }),
  'caller-queued': () =>
    caller({
      ...outgoing,
      view: callView({ ...recent, queue: { position: 2, waiting: 5, estimatedWaitSeconds: 130 } }),
    }),
  'caller-relaying': () => caller({ ...talking, view: relayingView(recent) }, true),
  'caller-held': () =>
    caller({ ...talking, holding: { mine: false, theirs: true }, view: heldBy('interpreterToCaller') }, true),
  'caller-busy': () =>
    caller({ ...talking, view: relayingView({ ...recent, phase: 'connected', calleeStatus: 486 }) }, true),
  'caller-recovering': () =>
    caller({ ...talking, line: 'down', view: relayingView({ ...recent, phase: 'recovering' }) }, true),
  'caller-supported': () => caller({ ...talking, view: relayingView({ ...recent, colleague: supporter }) }, true, true),
  'caller-relief': () =>
    caller({ ...talking, view: relayingView({ ...recent, colleague: { ...supporter, purpose: 'relief' } }) }, true),
  'caller-callback': () => caller({ callback: waitingForCallback }),
  'caller-called-back': () =>
    caller({ screen: 'ringing', party: '+15550201', side: 'caller', callback: waitingForCallback }),
  'caller-promised': () =>
    caller({
      ...outgoing,
      screen: 'ended',
      callback: waitingForCallback,
      end: { title: 'We will call you back', detail: 'Your place in line is kept.', tone: 'good' },
    }),
  'caller-ringing': () => caller({ screen: 'ringing', party: 'Hana Suzuki', side: 'callee' }),
  'caller-ended': () => caller({ ...talking, screen: 'ended', end: endText('interpreterHungUp', 'caller') }),
  'desk-signed-out': () => desk({ interpreter: null }),
  'desk-available': () => desk({}),
  'desk-wrap-up': () =>
    desk({
      interpreter: interpreterView({ status: 'wrapUp', since: ago(8), deadline: ahead(22), latestWrapUp: ahead(290) }),
    }),
  'desk-missed': () =>
    desk({ interpreter: interpreterView({ status: 'break', breakKind: 'missedOffers', missedOffers: 3 }) }),
  'desk-elsewhere': () => desk({ device: 'this', interpreter: interpreterView({ console: 'another' }) }),
  'desk-break-due': () => desk({ interpreter: interpreterView({ breakDueSince: ago(60) }) }),
  'desk-offer': () =>
    desk({ interpreter: interpreterView({ status: 'reserved' }), offer: offerView({ deadline: ahead(14) }) }),
  'desk-connected': () =>
    desk(
      {
        interpreter: serving,
        callerLeg: 'on',
        call: relayingView({ ...recent, phase: 'connected', legs: relayingView().legs.slice(0, 2) }),
      },
      true,
    ),
  'desk-relaying': () =>
    desk({ interpreter: serving, callerLeg: 'on', calleeLeg: 'on', call: relayingView(recent) }, true),
  'desk-held': () =>
    desk(
      {
        interpreter: serving,
        callerLeg: 'on',
        calleeLeg: 'on',
        holding: { caller: { mine: true, theirs: false }, callee: { mine: false, theirs: true } },
        call: heldBy('interpreterToCaller', 'callee'),
      },
      true,
    ),
  'phone-held': () =>
    phone({
      ...talking,
      side: 'callee',
      party: 'Dana Reyes',
      holding: { mine: true, theirs: false },
      view: heldBy('callee'),
    }),
  'desk-relief': () =>
    desk(
      {
        interpreter: serving,
        callerLeg: 'on',
        calleeLeg: 'on',
        call: relayingView({ ...recent, colleague: colleagueView({ early: true }) }),
      },
      true,
    ),
  'desk-support': () =>
    desk(
      {
        interpreter: serving,
        callerLeg: 'on',
        calleeLeg: 'on',
        call: relayingView({ ...recent, colleague: supporter }),
      },
      true,
    ),
  'desk-supporting': () =>
    desk(
      {
        interpreter: interpreterView({ interpreter: 'ivan', status: 'onCall', call: 'c-1', since: ago(60) }),
        callerLeg: 'on',
        call: relayingView({ ...recent, colleague: supporter }),
      },
      true,
    ),
  'desk-offer-relief': () =>
    desk({
      interpreter: interpreterView({ status: 'reserved' }),
      offer: offerView({ purpose: 'relief', colleague: 'Ines Marchetti', callSeconds: 1_380, deadline: ahead(14) }),
    }),
  'desk-emergency': () =>
    desk(
      {
        interpreter: serving,
        callerLeg: 'on',
        call: relayingView({
          ...recent,
          phase: 'connected',
          priority: 'emergency',
          dialedNumber: '911',
          legs: relayingView().legs.slice(0, 2),
        }),
      },
      true,
    ),
  'phone-idle': () => phone({}),
  'phone-ringing': () => phone({ screen: 'ringing', party: 'Dana Reyes', side: 'callee' }),
  'phone-talking': () => phone({ ...talking, side: 'callee', party: 'Dana Reyes', view: relayingView(recent) }),
  operations: () => (
    <OperationsPage
      store={boardStore(boardView())}
      session={session({ user: 'olga', role: 'operator', displayName: 'Olga Nowak', number: null })}
      onEndCall={nothing}
      onRelieve={nothing}
      onSignOut={nothing}
    />
  ),
  audit: () => (
    <AuditPage
      first={{ ...anything, day: '2026-03-01' }}
      session={session({ user: 'audrey', role: 'auditor', displayName: 'Audrey Bell', number: null })}
      ask={() =>
        Promise.resolve({
          events: [
            auditEntry(),
            auditEntry({ id: 6, actor: 'olga', role: 'operator', action: 'page.end_call', address: '192.0.2.7' }),
            auditEntry({
              id: 5,
              actor: 'dana',
              role: 'unknown',
              action: 'sign_in',
              outcome: 'refused',
              call: null,
              session: null,
              address: '192.0.2.9',
              detail: null,
            }),
          ],
          before: 5,
        })
      }
      onSignOut={nothing}
    />
  ),
};
