import { useEffect } from 'preact/hooks';
import type { Handset } from '../shared/handset';
import { type HandsetState, handsetText } from '../shared/model/handset';
import { formatNumber } from '../shared/model/number';
import type { Preferences } from '../shared/page';
import type { Session } from '../shared/session';
import { useStore } from '../shared/store';
import { PendingCallback, ringingText } from '../shared/ui/callback';
import { DeviceList, DeviceProblem, QualityChoice } from '../shared/ui/deviceCheck';
import { DialPad } from '../shared/ui/dialPad';
import { CallFlash, Flash } from '../shared/ui/flash';
import { Icon } from '../shared/ui/icons';
import { ConnectionBanner, LinePill, TopBar } from '../shared/ui/shell';
import { SelfVideo } from '../shared/ui/video';
import { CallStage } from './callStage';
import { PreferencePanel } from './preferencePanel';
import './caller.css';

interface CallerPageProps {
  handset: Handset;
  session: Session;
  preferences: Preferences;
  onSignOut: () => void;
}

export function CallerPage({ handset, session, preferences, onSignOut }: CallerPageProps) {
  const state = useStore(handset.store);
  const inCall = state.screen === 'outgoing' || state.screen === 'talking';
  return (
    <>
      <TopBar session={session} onSignOut={onSignOut}>
        <LinePill line={state.line} hub={state.hub} />
      </TopBar>
      <ConnectionBanner lost={state.line === 'down' || state.line === 'refused'} inCall={inCall} />
      <Flash signal={flashSignal(state)} />
      {state.screen === 'ringing' && <Ringing handset={handset} state={state} />}
      {state.screen === 'idle' && <Idle handset={handset} state={state} session={session} preferences={preferences} />}
      {(inCall || state.screen === 'ended') && <CallStage handset={handset} state={state} />}
    </>
  );
}

// What is worth a flash: another title, another place in line, the connection going or coming.
function flashSignal(state: HandsetState): string {
  const words = state.screen === 'idle' || state.screen === 'ringing' ? '' : handsetText(state).title;
  return [state.screen, words, state.view?.queue?.position ?? '', state.line === 'down'].join('|');
}

interface IdleProps {
  handset: Handset;
  state: HandsetState;
  session: Session;
  preferences: Preferences;
}

function Idle({ handset, state, session, preferences }: IdleProps) {
  const streams = useStore(handset.streams);
  useEffect(() => void handset.prepare(), [handset]);
  const restart = () => {
    handset.release();
    void handset.prepare();
  };
  const ready = state.line === 'ready';
  return (
    <main class="page caller-idle">
      {state.problem !== null && (
        <div class="caller-problem">
          <DeviceProblem problem={state.problem} onRetry={() => void handset.prepare()} />
        </div>
      )}
      <PendingCallback handset={handset} state={state} />
      <section class="card caller-dial">
        <h1>Make a call</h1>
        <DialPad
          label="Number"
          action={ready ? 'Call' : 'Connecting…'}
          disabled={!ready || state.problem !== null}
          onDial={number => void handset.dial(number)}
        />
      </section>
      <section class="stack">
        <div class="caller-mirror">
          {streams.local === null ? (
            <p>
              <Icon name="video" /> Your camera is off.
            </p>
          ) : (
            <SelfVideo stream={streams.local} />
          )}
          <p class="caller-mirror-label">This is how others see you</p>
        </div>
        <PreferencePanel preferences={preferences} />
        <div class="card stack">
          <h2>Your equipment</h2>
          <DeviceList stream={streams.local} wantsVideo />
          <QualityChoice onChange={restart} />
        </div>
        <p class="muted">
          Hearing people reach you at <strong class="numbers">{formatNumber(session.number ?? '')}</strong>. Keep this
          page open to be called: the screen flashes.
        </p>
      </section>
    </main>
  );
}

function Ringing({ handset, state }: { handset: Handset; state: HandsetState }) {
  const { kind, title } = ringingText(state, 'Incoming call through an interpreter');
  return (
    <main class="page caller-ringing">
      <CallFlash title={title} />
      <div class="card stack" role="alertdialog" aria-labelledby="ringing-title">
        <p class="muted">{kind}</p>
        <h1 id="ringing-title">{title}</h1>
        {state.problem !== null && <DeviceProblem problem={state.problem} onRetry={() => void handset.prepare()} />}
        <div class="button-row">
          <button type="button" class="button button-good button-big" onClick={() => void handset.answer()}>
            <Icon name="video" />
            Answer
          </button>
          <button type="button" class="button button-danger button-big" onClick={() => handset.decline(603)}>
            <Icon name="hangUp" />
            Decline
          </button>
        </div>
      </div>
    </main>
  );
}
