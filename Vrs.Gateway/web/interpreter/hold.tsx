import type { CallView, LegRole } from '../shared/contracts';
import type { Holding } from '../shared/model/hold';
import { holdOf, isHeld } from '../shared/model/hold';
import { Icon } from '../shared/ui/icons';
import { Notice } from '../shared/ui/shell';
import type { InterpreterConsole } from './console';

interface HoldProps {
  console: InterpreterConsole;
  which: 'caller' | 'callee';
  name: string;
  view: CallView | null;
  holding: Holding;
}

const roles: Record<HoldProps['which'], [party: LegRole, own: LegRole]> = {
  caller: ['caller', 'interpreterToCaller'],
  callee: ['callee', 'interpreterToCallee'],
};

/** One side of the call on hold: who holds whom, a warning when it lasts, and the button. */
export function LegHold({ console, which, name, view, holding }: HoldProps) {
  const [party, own] = roles[which];
  const isLong = [holdOf(view, party), holdOf(view, own)].some(hold => hold?.isLong);
  const words = holding.theirs ? `${name} has put you on hold` : `You have put ${name} on hold`;
  return (
    <>
      <div role="status" aria-live="polite">
        {isHeld(holding) && !isLong && <Notice kind="warn" title={words} />}
      </div>
      {isHeld(holding) && isLong && <Notice kind="danger" title={`${words}, for long now`} />}
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={holding.mine}
        onClick={() => console.hold(which, !holding.mine)}
      >
        <Icon name={holding.mine ? 'play' : 'pause'} />
        {holding.mine ? 'Resume' : 'Hold'} <span class="sr-only">{name}</span>
      </button>
    </>
  );
}
