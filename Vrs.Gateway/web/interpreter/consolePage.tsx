import { useEffect } from 'preact/hooks';
import { type ConsoleState, isElsewhere, onCall } from '../shared/model/console';
import type { Session } from '../shared/session';
import { useStore } from '../shared/store';
import { DeviceProblem } from '../shared/ui/deviceCheck';
import { Flash } from '../shared/ui/flash';
import { Icon } from '../shared/ui/icons';
import { ConnectionBanner, LinePill, Notice, TopBar } from '../shared/ui/shell';
import { SelfVideo } from '../shared/ui/video';
import type { InterpreterConsole } from './console';
import { CallDesk } from './callDesk';
import { Offer } from './offer';
import { WorkPanel } from './workPanel';
import './interpreter.css';

interface ConsolePageProps {
  console: InterpreterConsole;
  session: Session;
  onSignOut: () => void;
}

export function ConsolePage({ console, session, onSignOut }: ConsolePageProps) {
  const state = useStore(console.store);
  const busy = onCall(state);
  useWarnBeforeLeaving(busy);
  return (
    <>
      <TopBar session={session} onSignOut={onSignOut}>
        <LinePill line={state.line} hub={state.hub} />
      </TopBar>
      <ConnectionBanner lost={state.line === 'down' || state.line === 'refused'} inCall={busy} />
      <Flash signal={flashSignal(state)} />
      {state.offer !== null && !isElsewhere(state) && <Offer offer={state.offer} console={console} />}
      {busy ? <CallDesk console={console} state={state} /> : <Desk console={console} state={state} />}
    </>
  );
}

function flashSignal(state: ConsoleState): string {
  return [state.interpreter?.status, state.call?.phase, state.notice, state.line === 'down'].join('|');
}

// Closing the page would leave two people without an interpreter.
function useWarnBeforeLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) {
      return undefined;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [busy]);
}

function Desk({ console, state }: { console: InterpreterConsole; state: ConsoleState }) {
  const streams = useStore(console.streams);
  return (
    <main class="page desk">
      <WorkPanel console={console} state={state} />
      <section class="stack">
        <div class="desk-mirror">
          {streams.local === null ? (
            <p>
              <Icon name="video" /> Your camera starts when you start work.
            </p>
          ) : (
            <SelfVideo stream={streams.local} />
          )}
        </div>
        {state.problem !== null && <DeviceProblem problem={state.problem} onRetry={() => void console.prepare()} />}
        {state.notice !== null && <Notice kind="warn" title={state.notice} />}
      </section>
    </main>
  );
}
