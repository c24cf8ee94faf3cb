import type { Handset } from '../handset';
import type { HandsetState } from '../model/handset';
import { Icon } from './icons';

interface HoldButtonProps {
  handset: Handset;
  state: HandsetState;
}

/** Puts the interpreter on hold, or takes her back; says when that cannot be done just now. */
export function HoldButton({ handset, state }: HoldButtonProps) {
  const { mine } = state.holding;
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={mine}
        disabled={state.line !== 'ready'}
        onClick={() => handset.hold(!mine)}
      >
        <Icon name={mine ? 'play' : 'pause'} />
        {mine ? 'Resume' : 'Hold'}
      </button>
      <span role="status" class={state.holdRefused ? 'hold-refused' : 'sr-only'}>
        {state.holdRefused && 'That was not possible just now. Try again.'}
      </span>
    </>
  );
}
