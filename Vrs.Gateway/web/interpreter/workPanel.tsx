import { useState } from 'preact/hooks';
import type { BreakKind, InterpreterStatus, InterpreterView } from '../shared/contracts';
import { breakNoteLength, breakText, breakWords, ownBreakKinds } from '../shared/model/break';
import { type ConsoleState, isElsewhere } from '../shared/model/console';
import { Icon } from '../shared/ui/icons';
import { Notice } from '../shared/ui/shell';
import { Countdown, Elapsed } from '../shared/ui/time';
import type { InterpreterConsole } from './console';

const missedText = 'You let several offers pass in a row. Press “Ready for calls” when you are back.';

const statusTexts: Record<InterpreterStatus, [title: string, detail: string]> = {
  signedOut: ['Not at work', 'Start work to check your camera and be ready for calls.'],
  available: ['Ready for calls', 'The next call that suits you is offered here. The whole screen flashes.'],
  reserved: ['A call is offered to you', 'Accept or decline it before the time is over.'],
  onCall: ['On a call', 'Connecting you now.'],
  wrapUp: ['Wrapping up', 'Finish your notes. You are ready for calls again when the time is over.'],
  break: ['On a break', 'No calls are offered to you.'],
  lost: ['Connection lost', 'Calls are offered again when your console is connected.'],
};

/** What the interpreter is doing now, and what she may do next. */
export function WorkPanel({ console, state }: { console: InterpreterConsole; state: ConsoleState }) {
  const view = state.interpreter;
  const status = view?.status ?? 'signedOut';
  const [title, detail] = statusTexts[status];
  const connected = state.hub === 'up';
  if (view !== null && isElsewhere(state)) {
    return <Elsewhere console={console} view={view} connected={connected} />;
  }
  return (
    <section class="card stack work" data-status={status}>
      <div role="status" aria-live="polite">
        <h1 class="work-status">{title}</h1>
        <p class="muted">{view !== null && status === 'break' ? breakDetail(view, detail) : detail}</p>
      </div>
      {(view?.breakDueSince ?? null) !== null && (
        <Notice kind="warn" title="You have worked long without a break.">
          <p>Nothing is decided for you: take one when it suits you.</p>
        </Notice>
      )}
      {view !== null && status !== 'signedOut' && <Facts view={view} ready={state.line === 'ready'} />}
      {view !== null && status === 'wrapUp' && <WrapUp console={console} view={view} connected={connected} />}
      <Actions console={console} status={status} connected={connected} lineReady={state.line === 'ready'} />
    </section>
  );
}

function breakDetail(view: InterpreterView, detail: string): string {
  const why = breakText(view);
  return view.breakKind === 'missedOffers' ? missedText : why === '' ? detail : `${why}. ${detail}`;
}

interface ElsewhereProps {
  console: InterpreterConsole;
  view: InterpreterView;
  connected: boolean;
}

function Elsewhere({ console, view, connected }: ElsewhereProps) {
  return (
    <section class="card stack work" data-status="signedOut">
      <div role="status" aria-live="polite">
        <h1 class="work-status">You are signed in at another console</h1>
        <p class="muted">
          {view.call === null
            ? 'Calls are offered there and not here.'
            : 'Your call goes on where you took it. The next one is offered at the other console.'}
        </p>
      </div>
      <button type="button" class="button button-big" disabled={!connected} onClick={() => void console.signIn()}>
        Work here
      </button>
    </section>
  );
}

function WrapUp({ console, view, connected }: ElsewhereProps) {
  const [since, until] = [Date.parse(view.since), Date.parse(view.deadline ?? view.since)];
  return (
    <>
      <Countdown deadline={view.deadline ?? view.since} of={(until - since) / 1000} label="Time left for wrap-up" />
      <button
        type="button"
        class="button button-quiet"
        disabled={!connected || view.latestWrapUp === null || until >= Date.parse(view.latestWrapUp)}
        onClick={() => void console.extendWrapUp()}
      >
        More time
      </button>
    </>
  );
}

function Facts({ view, ready }: { view: InterpreterView; ready: boolean }) {
  return (
    <dl class="work-facts">
      <div>
        <dt>For</dt>
        <dd>
          <Elapsed since={view.since} />
        </dd>
      </div>
      <div>
        <dt>CA ID</dt>
        <dd class="numbers">{view.caId}</dd>
      </div>
      <div>
        <dt>Console</dt>
        <dd>{ready && view.consoleReady ? 'ready' : 'connecting'}</dd>
      </div>
      {view.missedOffers > 0 && (
        <div>
          <dt>Missed in a row</dt>
          <dd class="numbers">{view.missedOffers}</dd>
        </div>
      )}
    </dl>
  );
}

interface ActionsProps {
  console: InterpreterConsole;
  status: InterpreterStatus;
  connected: boolean;
  lineReady: boolean;
}

function Actions({ console, status, connected, lineReady }: ActionsProps) {
  if (status === 'signedOut') {
    return (
      <button type="button" class="button button-big" disabled={!connected} onClick={() => void console.signIn()}>
        Start work
      </button>
    );
  }
  const free = status === 'break' || status === 'wrapUp';
  return (
    <>
      {free && (
        <button
          type="button"
          class="button button-good button-big"
          disabled={!connected || !lineReady}
          onClick={() => void console.goAvailable()}
        >
          <Icon name="check" />
          Ready for calls
        </button>
      )}
      {(status === 'available' || status === 'wrapUp') && <BreakForm console={console} disabled={!connected} />}
      {(status === 'break' || status === 'available') && (
        <button type="button" class="button button-quiet" disabled={!connected} onClick={() => void console.signOut()}>
          End work
        </button>
      )}
    </>
  );
}

function BreakForm({ console, disabled }: { console: InterpreterConsole; disabled: boolean }) {
  const [kind, setKind] = useState<BreakKind>('rest');
  const [note, setNote] = useState('');
  return (
    <form
      class="break-form"
      onSubmit={event => {
        event.preventDefault();
        void console.takeBreak(kind, note);
      }}
    >
      <div class="field">
        <label for="break-reason">Reason for a break</label>
        <select
          id="break-reason"
          value={kind}
          onChange={event => setKind(ownBreakKinds[event.currentTarget.selectedIndex] ?? 'rest')}
        >
          {ownBreakKinds.map(own => (
            <option key={own} value={own}>
              {breakWords[own]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="break-note">Note (may be empty)</label>
        <input
          id="break-note"
          value={note}
          maxLength={breakNoteLength}
          autocomplete="off"
          onInput={event => setNote(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button button-quiet" disabled={disabled}>
        <Icon name="pause" />
        Take a break
      </button>
    </form>
  );
}
