import { useEffect, useState } from 'preact/hooks';
import type { Handset } from '../shared/handset';
import { formatNumber } from '../shared/model/number';
import { type HandsetState, handsetText } from '../shared/model/handset';
import { isHeld } from '../shared/model/hold';
import { useStore } from '../shared/store';
import { CallbackButton } from '../shared/ui/callback';
import { HoldButton } from '../shared/ui/holdButton';
import { Icon } from '../shared/ui/icons';
import { RelayPath } from '../shared/ui/relayPath';
import { Elapsed } from '../shared/ui/time';
import { SelfVideo, StageVideo } from '../shared/ui/video';

interface CallStageProps {
  handset: Handset;
  state: HandsetState;
}

/** A call from dialing to its end: the interpreter's picture as large as the window, the rest above it. */
export function CallStage({ handset, state }: CallStageProps) {
  const streams = useStore(handset.streams);
  const text = handsetText(state);
  const ended = state.screen === 'ended';
  const hasPicture = streams.remote !== null && !ended;
  return (
    <main class="stage on-stage" data-tone={text.tone}>
      <StageVideo
        stream={ended ? null : streams.remote}
        label="Interpreter"
        onShown={stream => {
          handset.shows(stream);
        }}
      />
      <div class="stage-status">
        <div class="stage-words" role="status" aria-live="polite">
          <h1>{text.title}</h1>
          <p>{text.detail}</p>
        </div>
        {!ended && <Clock state={state} />}
        {!ended && <RelayPath view={state.view} dialed={state.party} />}
      </div>
      {!hasPicture && !ended && <Waiting state={state} />}
      {!ended && isHeld(state.holding) && <OnHold />}
      {ended ? (
        <Ended handset={handset} state={state} />
      ) : (
        <>
          <div class="stage-pictures">
            {streams.second !== null && (
              <figure class="stage-second">
                <StageVideo stream={streams.second} label="Second interpreter" muted />
                <figcaption>{state.view?.colleague?.name ?? 'Second interpreter'}</figcaption>
              </figure>
            )}
            <div class="stage-self">
              <SelfVideo stream={streams.local} />
            </div>
          </div>
          <Controls handset={handset} state={state} />
        </>
      )}
    </main>
  );
}

function Clock({ state }: { state: HandsetState }) {
  const since = state.answeredAt ?? state.view?.startedAt ?? null;
  if (since === null) {
    return null;
  }
  return (
    <p class="stage-clock">
      <span class="sr-only">{state.answeredAt === null ? 'Waiting for' : 'In the call for'} </span>
      <Elapsed since={since} />
    </p>
  );
}

function Waiting({ state }: { state: HandsetState }) {
  const queue = state.view?.phase === 'queued' ? state.view.queue : null;
  if (queue === null) {
    return null;
  }
  return (
    <div class="stage-empty">
      <div class="caller-place">
        <p>Your place in line</p>
        <strong class="numbers">{queue.position}</strong>
        <p>of {Math.max(queue.waiting, queue.position)}</p>
      </div>
    </div>
  );
}

function OnHold() {
  return (
    <div class="stage-empty" aria-hidden="true">
      <div class="stage-hold">
        <Icon name="pause" />
        On hold
      </div>
    </div>
  );
}

function Controls({ handset, state }: CallStageProps) {
  const [camera, setCamera] = useState(true);
  const [microphone, setMicrophone] = useState(true);
  const { local } = useStore(handset.streams);
  const held = isHeld(state.holding);
  useEffect(() => {
    setTracks(local?.getVideoTracks(), camera && !held);
    setTracks(local?.getAudioTracks(), microphone && !held);
    return () => setTracks(local?.getTracks(), true);
  }, [local, camera, microphone, held]);
  const hasMicrophone = (local?.getAudioTracks().length ?? 0) > 0;
  return (
    <div class="stage-bar">
      <button type="button" class="button button-quiet" aria-pressed={!camera} onClick={() => setCamera(!camera)}>
        <Icon name="video" />
        {camera ? 'Hide me' : 'Show me'}
      </button>
      {hasMicrophone && (
        <button
          type="button"
          class="button button-quiet"
          aria-pressed={!microphone}
          onClick={() => setMicrophone(!microphone)}
        >
          <Icon name={microphone ? 'mic' : 'micOff'} />
          {microphone ? 'Voice on' : 'Voice off'}
        </button>
      )}
      <CallbackButton handset={handset} state={state} />
      {state.screen === 'talking' && <HoldButton handset={handset} state={state} />}
      <button type="button" class="button button-danger button-big" onClick={() => handset.hangUp()}>
        <Icon name="hangUp" />
        Hang up
      </button>
    </div>
  );
}

function setTracks(tracks: MediaStreamTrack[] | undefined, enabled: boolean): void {
  for (const track of tracks ?? []) {
    track.enabled = enabled;
  }
}

function Ended({ handset, state }: CallStageProps) {
  const again = state.side === 'caller' && state.party !== '' && state.callback === null;
  return (
    <div class="stage-empty">
      <div class="stack">
        {state.hangUpOwed && <p>The hang-up is sent as soon as the connection is back.</p>}
        <div class="button-row">
          <button type="button" class="button button-big" autoFocus onClick={() => handset.dismiss()}>
            Done
          </button>
          {again && (
            <button
              type="button"
              class="button button-quiet button-big"
              disabled={state.line !== 'ready'}
              onClick={() => {
                handset.dismiss();
                void handset.dial(state.party);
              }}
            >
              <Icon name="phone" />
              Call {formatNumber(state.party)} again
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
