import { useEffect, useState } from 'preact/hooks';
import type { Handset } from '../shared/handset';
import { type HandsetState, handsetText } from '../shared/model/handset';
import { isHeld } from '../shared/model/hold';
import { formatNumber } from '../shared/model/number';
import type { Session } from '../shared/session';
import { useStore } from '../shared/store';
import { CallbackButton, PendingCallback, ringingText } from '../shared/ui/callback';
import { DeviceProblem } from '../shared/ui/deviceCheck';
import { DialPad, Keys } from '../shared/ui/dialPad';
import { CallFlash, Flash } from '../shared/ui/flash';
import { HoldButton } from '../shared/ui/holdButton';
import { Icon } from '../shared/ui/icons';
import { RelayPath } from '../shared/ui/relayPath';
import { ConnectionBanner, LinePill, TopBar } from '../shared/ui/shell';
import { Elapsed } from '../shared/ui/time';
import { CallAudio } from '../shared/ui/video';
import { startRinging } from './ring';
import './phone.css';

interface PhonePageProps {
  handset: Handset;
  session: Session;
  onSignOut: () => void;
}

/** The hearing person's telephone: it rings, it dials, and it is heard. */
export function PhonePage({ handset, session, onSignOut }: PhonePageProps) {
  const state = useStore(handset.store);
  const streams = useStore(handset.streams);
  const inCall = state.screen === 'outgoing' || state.screen === 'talking';
  return (
    <>
      <TopBar session={session} onSignOut={onSignOut}>
        <LinePill line={state.line} hub={state.hub} />
      </TopBar>
      <ConnectionBanner lost={state.line === 'down' || state.line === 'refused'} inCall={inCall} />
      <Flash signal={`${state.screen}|${state.screen === 'idle' ? '' : handsetText(state).title}`} />
      <CallAudio stream={streams.remote} label="The interpreter's voice" />
      <main class="page phone-page">
        <div class="card phone">
          {state.screen === 'idle' && <Idle handset={handset} state={state} session={session} />}
          {state.screen === 'ringing' && <Ringing handset={handset} state={state} />}
          {(inCall || state.screen === 'ended') && <InCall handset={handset} state={state} />}
        </div>
      </main>
    </>
  );
}

interface PartProps {
  handset: Handset;
  state: HandsetState;
}

function Idle({ handset, state, session }: PartProps & { session: Session }) {
  const ready = state.line === 'ready';
  return (
    <>
      <div>
        <h1>Phone</h1>
        <p class="muted">
          Your number is <strong class="numbers">{formatNumber(session.number ?? '')}</strong>. Calls to and from Deaf
          people are relayed by an interpreter.
        </p>
      </div>
      {state.problem !== null && <DeviceProblem problem={state.problem} onRetry={() => void handset.prepare()} />}
      <PendingCallback handset={handset} state={state} />
      <DialPad
        label="Number of a Deaf person"
        action={ready ? 'Call' : 'Connecting…'}
        disabled={!ready}
        onDial={number => void handset.dial(number)}
      />
    </>
  );
}

function Ringing({ handset, state }: PartProps) {
  const [silent, setSilent] = useState(false);
  const { kind, title } = ringingText(state, 'Incoming relay call, spoken by an interpreter');
  useEffect(() => (silent ? undefined : startRinging()), [silent]);
  return (
    <div class="stack phone-centre" role="alertdialog" aria-labelledby="ringing-title">
      <CallFlash title={title} />
      <p class="muted">{kind}</p>
      <h1 id="ringing-title">{title}</h1>
      {state.problem !== null && <DeviceProblem problem={state.problem} onRetry={() => void handset.prepare()} />}
      <div class="button-row">
        <button type="button" class="button button-good button-big" onClick={() => void handset.answer()}>
          <Icon name="phone" />
          Answer
        </button>
        <button type="button" class="button button-danger button-big" onClick={() => handset.decline(603)}>
          <Icon name="hangUp" />
          Decline
        </button>
      </div>
      <div class="button-row">
        <button type="button" class="button button-quiet" onClick={() => handset.decline(486)}>
          I am busy
        </button>
        <button type="button" class="button button-quiet" aria-pressed={silent} onClick={() => setSilent(!silent)}>
          {silent ? 'Ring again' : 'Silence'}
        </button>
      </div>
    </div>
  );
}

function InCall({ handset, state }: PartProps) {
  const text = handsetText(state);
  const ended = state.screen === 'ended';
  return (
    <>
      <div role="status" aria-live="polite" class="phone-centre">
        <h1>{text.title}</h1>
        <p class="muted">{text.detail}</p>
      </div>
      {!ended && <RelayPath view={state.view} dialed={state.party} />}
      {!ended && state.answeredAt !== null && (
        <p class="phone-clock">
          <span class="sr-only">In the call for </span>
          <Elapsed since={state.answeredAt} />
        </p>
      )}
      {ended ? (
        <button type="button" class="button button-big" autoFocus onClick={() => handset.dismiss()}>
          Done
        </button>
      ) : (
        <Controls handset={handset} state={state} />
      )}
    </>
  );
}

function Controls({ handset, state }: PartProps) {
  const talking = state.screen === 'talking';
  const held = isHeld(state.holding);
  const [muted, setMuted] = useState(false);
  const [keys, setKeys] = useState(false);
  const { local } = useStore(handset.streams);
  useEffect(() => {
    for (const track of local?.getAudioTracks() ?? []) {
      track.enabled = !muted && !held;
    }
  }, [local, muted, held]);
  return (
    <>
      {talking && keys && <Keys small onKey={key => handset.sendKey(key)} />}
      <div class="button-row phone-buttons">
        {talking && (
          <>
            <button type="button" class="button button-quiet" aria-pressed={muted} onClick={() => setMuted(!muted)}>
              <Icon name={muted ? 'micOff' : 'mic'} />
              {muted ? 'Unmute' : 'Mute'}
            </button>
            <button type="button" class="button button-quiet" aria-expanded={keys} onClick={() => setKeys(!keys)}>
              <Icon name="keypad" />
              Keys
            </button>
            <HoldButton handset={handset} state={state} />
          </>
        )}
        <CallbackButton handset={handset} state={state} />
        <button type="button" class="button button-danger button-big" onClick={() => handset.hangUp()}>
          <Icon name="hangUp" />
          Hang up
        </button>
      </div>
    </>
  );
}
