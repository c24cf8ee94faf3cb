import type { Handset } from '../handset';
import { queueText } from '../model/callText';
import type { HandsetState } from '../model/handset';
import { formatNumber } from '../model/number';
import { Icon } from './icons';
import { Notice } from './shell';

interface CallbackProps {
  handset: Handset;
  state: HandsetState;
}

/** In line: be called back instead of waiting at the screen. */
export function CallbackButton({ handset, state }: CallbackProps) {
  const waits = state.screen === 'outgoing' && state.view?.phase === 'queued';
  return (
    <>
      {waits && state.view?.priority !== 'emergency' && (
        <button
          type="button"
          class="button button-quiet"
          disabled={state.hub !== 'up'}
          onClick={() => void handset.requestCallback()}
        >
          <Icon name="phone" />
          Call me back instead
        </button>
      )}
      <span role="status" class={state.refusal === null ? 'sr-only' : 'hold-refused'}>
        {state.refusal}
      </span>
    </>
  );
}

/** A callback that is promised, with its place in line; or why the last one came to nothing. */
export function PendingCallback({ handset, state }: CallbackProps) {
  const { callback, callbackEnd } = state;
  return (
    <div role="status" aria-live="polite" class="callback-line">
      {callback === null && callbackEnd !== null && (
        <Notice kind="warn" title={callbackEnd.title}>
          <p>{callbackEnd.detail}</p>
        </Notice>
      )}
      {callback !== null && (
        <section class="card stack callback" aria-label="Callback">
          <h2>
            <Icon name="phone" /> We will call you back
          </h2>
          <p>
            About your call to <strong class="numbers">{formatNumber(callback.dialedNumber)}</strong>.{' '}
            {callback.phase === 'queued' ? queueText(callback.queue) : 'An interpreter is being asked now.'}
          </p>
          <p class="muted">Keep this page open: the screen flashes when an interpreter is there.</p>
          <button
            type="button"
            class="button button-quiet"
            disabled={state.hub !== 'up'}
            onClick={() => void handset.cancelCallback()}
          >
            <Icon name="cross" />
            Cancel the callback
          </button>
        </section>
      )}
    </div>
  );
}

/** What a ringing page says of who calls, and of what the call is. */
export function ringingText(state: HandsetState, usual: string): { kind: string; title: string } {
  return state.side === 'caller'
    ? {
        kind: `We are calling you back for your call to ${formatNumber(state.party)}`,
        title: 'Your interpreter is here',
      }
    : { kind: usual, title: `${state.party} is calling` };
}
