import { useState } from 'preact/hooks';
import type { BoardView, CallView } from '../shared/contracts';
import { type BoardEvent, type BoardState, countByGroup } from '../shared/model/board';
import { formatNumber } from '../shared/model/number';
import type { Session } from '../shared/session';
import { type Store, useStore } from '../shared/store';
import { Dialog } from '../shared/ui/dialog';
import { ConnectionBanner, LinePill, Notice, TopBar } from '../shared/ui/shell';
import { Calls, Ends, Interpreters, Queues } from './tables';
import './operations.css';

interface OperationsPageProps {
  store: Store<BoardState, BoardEvent>;
  session: Session;
  onEndCall: (call: string) => void;
  /** Another interpreter is to take the call over. */
  onRelieve: (call: string) => void;
  onSignOut: () => void;
}

/** What the service is doing now. */
export function OperationsPage({ store, session, onEndCall, onRelieve, onSignOut }: OperationsPageProps) {
  const { hub, board, notice } = useStore(store);
  const [ending, setEnding] = useState<CallView | null>(null);
  return (
    <>
      <TopBar session={session} onSignOut={onSignOut}>
        <LinePill line={hub === 'up' ? 'ready' : hub} hub={hub} />
        <a href="/audit/">Audit trail</a>
      </TopBar>
      <ConnectionBanner lost={hub === 'down'} inCall={false} />
      <main class="page stack">
        <h1>Operations</h1>
        {notice !== null && <Notice kind="warn" title={notice} />}
        {board === null ? (
          <p class="muted">Waiting for the first figures…</p>
        ) : (
          <Board board={board} onEnd={setEnding} onRelieve={call => onRelieve(call.call)} />
        )}
      </main>
      {ending !== null && (
        <EndDialog call={ending} onEnd={() => onEndCall(ending.call)} onClose={() => setEnding(null)} />
      )}
    </>
  );
}

interface BoardProps {
  board: BoardView;
  onEnd: (call: CallView) => void;
  onRelieve: (call: CallView) => void;
}

function Board({ board, onEnd, onRelieve }: BoardProps) {
  const ready = board.interpreters.filter(view => view.status === 'available').length;
  return (
    <>
      <dl class="figures">
        {countByGroup(board.calls).map(group => (
          <div key={group.title} data-figure={group.title} data-some={group.count > 0}>
            <dt>{group.title}</dt>
            <dd>{group.count}</dd>
          </div>
        ))}
        <div data-figure="Ready" data-some={ready > 0}>
          <dt>Interpreters ready</dt>
          <dd>{ready}</dd>
        </div>
      </dl>
      <Calls calls={board.calls} onEnd={onEnd} onRelieve={onRelieve} />
      <div class="board-pair">
        <Queues queues={board.queues} />
        <Interpreters interpreters={board.interpreters} />
      </div>
      <Ends calls={board.recentEnds} />
    </>
  );
}

function EndDialog({ call, onEnd, onClose }: { call: CallView; onEnd: () => void; onClose: () => void }) {
  const confirm = () => {
    onEnd();
    onClose();
  };
  return (
    <Dialog title="End this call?" onClose={onClose}>
      <p>
        The call of <strong>{call.callerName}</strong> to <strong>{formatNumber(call.dialedNumber)}</strong> ends at
        once for everybody in it.
      </p>
      <div class="button-row">
        <button type="button" class="button button-danger" onClick={confirm}>
          End the call
        </button>
        <button type="button" class="button button-quiet" autoFocus onClick={onClose}>
          Leave it
        </button>
      </div>
    </Dialog>
  );
}
