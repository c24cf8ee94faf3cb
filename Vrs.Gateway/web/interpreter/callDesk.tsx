import { useState } from 'preact/hooks';
import type { CallView } from '../shared/contracts';
import { type ConsoleState, isElsewhere, legState, legStateWords, type OwnLeg, partOf } from '../shared/model/console';
import { calleeStatusText } from '../shared/model/callText';
import { formatNumber } from '../shared/model/number';
import { useStore } from '../shared/store';
import { DeviceProblem } from '../shared/ui/deviceCheck';
import { DialPad, Keys } from '../shared/ui/dialPad';
import { Icon } from '../shared/ui/icons';
import { Notice } from '../shared/ui/shell';
import { Elapsed } from '../shared/ui/time';
import { CallAudio, SelfVideo, StageVideo } from '../shared/ui/video';
import { ColleagueHint, ColleaguePanel } from './colleague';
import type { InterpreterConsole } from './console';
import { LegHold } from './hold';

interface CallDeskProps {
  console: InterpreterConsole;
  state: ConsoleState;
}

/** A call at work: the Deaf party's picture large, both legs with their states beside it. */
export function CallDesk({ console, state }: CallDeskProps) {
  const streams = useStore(console.streams);
  const view = state.call;
  const part = partOf(state);
  const fromDeaf = view?.direction !== 'hearingToDeaf';
  // Who supports has one side, which is with the Deaf party.
  const [seen, heard] =
    fromDeaf || part === 'support' ? [streams.caller, streams.callee] : [streams.callee, streams.caller];
  return (
    <main class="call-desk">
      <div class="stage call-picture">
        <StageVideo stream={seen} label="Deaf party" />
        <div class="stage-self">
          <SelfVideo stream={streams.local} />
        </div>
      </div>
      <CallAudio stream={heard} label="Hearing party" />
      <aside class="call-side stack" aria-label="Call">
        <header class="call-head">
          <div role="status" aria-live="polite">
            <h1 class="work-status">{view === null ? 'Connecting' : statusWords(view)}</h1>
            {view !== null && (
              <p class="muted">
                <Elapsed since={view.startedAt} /> since the call came in
              </p>
            )}
          </div>
        </header>
        {view?.priority === 'emergency' && (
          <Notice kind="danger" title={`Emergency call to ${formatNumber(view.dialedNumber)}`} />
        )}
        {state.problem !== null && <DeviceProblem problem={state.problem} onRetry={() => void console.prepare()} />}
        {isElsewhere(state) && (
          <Notice title="You signed in at another console.">
            <p>This call goes on here. The next one is offered there.</p>
          </Notice>
        )}
        {state.notice !== null && <Notice kind="warn" title={state.notice} />}
        <CallerLeg console={console} state={state} fromDeaf={fromDeaf} />
        {part === 'support' ? null : <CalleeLeg console={console} state={state} fromDeaf={fromDeaf} />}
        {view !== null && part !== 'serves' && <ColleagueHint view={view} part={part} />}
        {view !== null && part === 'serves' && <ColleaguePanel console={console} view={view} />}
        <CallControls console={console} muted={state.muted} hearingOn={heard !== null} part={part} />
      </aside>
    </main>
  );
}

function statusWords(view: CallView): string {
  return view.phase === 'connecting' && view.callbackUntil !== null
    ? 'Calling the caller back'
    : phaseWords[view.phase];
}

const phaseWords: Record<CallView['phase'], string> = {
  new: 'Connecting',
  received: 'Connecting',
  queued: 'Connecting',
  offered: 'Connecting',
  connecting: 'Connecting',
  connected: 'With the caller',
  dialing: 'Calling',
  relaying: 'Relaying',
  recovering: 'Taking over',
  ended: 'Call ended',
};

interface LegCardProps {
  title: string;
  name: string;
  state: string;
  tone: 'good' | 'busy' | 'warn' | 'off';
}

function LegHead({ title, name, state, tone }: LegCardProps) {
  return (
    <div class="leg-head">
      <div>
        <h2>{title}</h2>
        <p>{name}</p>
      </div>
      <span class={tone === 'off' ? 'pill' : `pill pill-${tone}`}>{state}</span>
    </div>
  );
}

// What the server says of the leg, as long as her own end stands too.
function legTone(own: OwnLeg, serverState: string | null): LegCardProps['tone'] {
  if (serverState === 'interrupted') {
    return 'warn';
  }
  if (own === 'on' && serverState === 'established') {
    return 'good';
  }
  return own === 'none' ? 'off' : 'busy';
}

function CallerLeg({ console, state, fromDeaf }: CallDeskProps & { fromDeaf: boolean }) {
  const view = state.call;
  const own = state.callerLeg;
  const part = partOf(state);
  const leg = legState(view, 'caller', part !== 'serves');
  // Who supports a call that a hearing person made has the Deaf person on her only side, who was called.
  const [title, name] = fromDeaf
    ? ['Deaf caller', view?.callerName ?? '']
    : part === 'support'
      ? ['Deaf party', calleeName(view)]
      : ['Hearing caller', view?.callerName ?? ''];
  return (
    <section class="card leg stack" aria-label="Caller">
      <LegHead
        title={title}
        name={name}
        state={own === 'on' ? legStateWords[leg ?? 'established'] : 'connecting'}
        tone={own === 'on' ? legTone(own, leg) : 'busy'}
      />
      {own === 'on' && (
        <LegHold
          console={console}
          which="caller"
          name={view?.callerName ?? 'the caller'}
          view={view}
          holding={state.holding.caller}
        />
      )}
    </section>
  );
}

// Name and number; the number alone where the service knows no more.
function calleeName(view: CallView | null): string {
  const name = view?.legs.filter(leg => leg.role === 'callee').at(-1)?.name;
  const words = [name, view?.dialedNumber].filter(text => text !== undefined).map(formatNumber);
  return [...new Set(words)].join(', ');
}

function CalleeLeg({ console, state, fromDeaf }: CallDeskProps & { fromDeaf: boolean }) {
  const view = state.call;
  const own = state.calleeLeg;
  const leg = legState(view, 'callee');
  const failed = own === 'none' ? calleeStatusText(view?.calleeStatus ?? 0) : '';
  const words = own === 'none' ? 'not connected' : legStateWords[leg === null || leg === 'ended' ? 'inviting' : leg];
  return (
    <section class="card leg stack" aria-label="Called party">
      <LegHead
        title={fromDeaf ? 'Hearing party' : 'Deaf party'}
        name={calleeName(view)}
        state={words}
        tone={legTone(own, leg)}
      />
      {failed !== '' && <Notice kind="warn" title={failed} />}
      {own === 'on' && (
        <LegHold console={console} which="callee" name={calleeName(view)} view={view} holding={state.holding.callee} />
      )}
      {own === 'none' ? (
        <DialPad
          label="Number to dial"
          action="Dial"
          initial={view?.dialedNumber ?? ''}
          disabled={view?.phase !== 'connected' || state.callerLeg !== 'on'}
          showKeys={false}
          onDial={number => void console.dial(number)}
        />
      ) : (
        <button type="button" class="button button-quiet" onClick={() => console.hangUpCallee()}>
          <Icon name="hangUp" />
          {own === 'on' ? 'Hang up this party' : 'Stop calling'}
        </button>
      )}
    </section>
  );
}

function CallControls({
  console,
  muted,
  hearingOn,
  part,
}: {
  console: InterpreterConsole;
  muted: boolean;
  hearingOn: boolean;
  part: ReturnType<typeof partOf>;
}) {
  const [keys, setKeys] = useState(false);
  return (
    <section class="call-controls stack" aria-label="Controls">
      {keys && <Keys small onKey={key => console.sendKey(key)} />}
      <div class="button-row">
        <button type="button" class="button button-quiet" aria-pressed={muted} onClick={() => console.setMuted(!muted)}>
          <Icon name={muted ? 'micOff' : 'mic'} />
          {muted ? 'Unmute' : 'Mute'}
        </button>
        <button
          type="button"
          class="button button-quiet"
          aria-expanded={keys}
          disabled={!hearingOn}
          onClick={() => setKeys(!keys)}
        >
          <Icon name="keypad" />
          Keys
        </button>
      </div>
      <button type="button" class="button button-danger button-big" onClick={() => void console.hangUpCall()}>
        <Icon name="hangUp" />
        {part === 'serves' ? 'End the call' : 'Leave the call'}
      </button>
    </section>
  );
}
