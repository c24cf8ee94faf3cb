import { useState } from 'preact/hooks';
import type { InterpreterStatus, InterpreterView } from '../shared/contracts';
import type { ConsoleState } from '../shared/model/console';
import { Icon } from '../shared/ui/icons';
import { Countdown, Elapsed } from '../shared/ui/time';
import type { InterpreterConsole } from './console';

const breakReasons = ['Short break', 'Meal', 'Meeting', 'Training', 'Technical problem'];

// The default length of wrap-up in seconds; the bar only shows proportion, the deadline comes from the server.
const wrapUpSeconds = 30;

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
  return (
    <section class="card stack work" data-status={status}>
      <div role="status" aria-live="polite">
        <h1 class="work-status">{title}</h1>
        <p class="muted">{status === 'break' && view?.breakReason ? `${view.breakReason}. ${detail}` : detail}</p>
      </div>
      {view !== null && status !== 'signedOut' && <Facts view={view} ready={state.line === 'ready'} />}
      {status === 'wrapUp' && view?.deadline && (
        <Countdown deadline={view.deadline} of={wrapUpSeconds} label="Time left for wrap-up" />
      )}
      <Actions console={console} status={status} connected={connected} lineReady={state.line === 'ready'} />
    </section>
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
  const [reason, setReason] = useState(breakReasons[0] ?? '');
  return (
    <form
      class="break-form"
      onSubmit={event => {
        event.preventDefault();
        void console.takeBreak(reason);
      }}
    >
      <div class="field">
        <label for="break-reason">Reason</label>
        <select id="break-reason" value={reason} onChange={event => setReason(event.currentTarget.value)}>
          {breakReasons.map(text => (
            <option key={text}>{text}</option>
          ))}
        </select>
      </div>
      <button type="submit" class="button button-quiet" disabled={disabled}>
        <Icon name="pause" />
        Take a break
      </button>
    </form>
  );
}
