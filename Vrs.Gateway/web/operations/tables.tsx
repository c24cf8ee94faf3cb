import type { CallPhase, CallView, InterpreterStatus, InterpreterView, QueueView } from '../shared/contracts';
import { breakText } from '../shared/model/break';
import { phaseWords, statusWords } from '../shared/model/board';
import { endReasonWords } from '../shared/model/callText';
import { formatNumber } from '../shared/model/number';
import { wishForOperators } from '../shared/model/wish';
import { Table } from '../shared/ui/table';
import { Elapsed } from '../shared/ui/time';

const phaseTone: Record<CallPhase, string> = {
  new: 'busy',
  received: 'busy',
  queued: 'busy',
  offered: 'busy',
  connecting: 'busy',
  connected: 'busy',
  dialing: 'busy',
  relaying: 'good',
  recovering: 'danger',
  ended: '',
};

// The one who serves, and a second one with what she is there for.
function interpretersOf({ interpreterName, colleague }: CallView): string {
  const second = colleague === null ? '' : `, ${colleague.name ?? 'a colleague sought'} (${colleague.purpose})`;
  return `${interpreterName ?? '–'}${second}`;
}

function Wish({ call }: { call: CallView }) {
  const words = wishForOperators(call);
  return words === '' ? <td>–</td> : <td class="board-wish">{words}</td>;
}

const isServed = ({ phase }: CallView) => phase === 'connected' || phase === 'dialing' || phase === 'relaying';

interface CallsProps {
  calls: CallView[];
  onEnd: (call: CallView) => void;
  onRelieve: (call: CallView) => void;
}

export function Calls({ calls, onEnd, onRelieve }: CallsProps) {
  const columns = ['Caller', 'Number', 'Phase', 'In phase', 'Interpreter', 'Asked for', 'Line', 'Since', 'Action'];
  return (
    <Table title="Live calls" columns={columns} empty="No calls now.">
      {calls.map(call => (
        <tr key={call.call} data-priority={call.priority}>
          <th scope="row">
            {call.callerName} {call.priority === 'emergency' && <span class="pill pill-danger">Emergency</span>}
          </th>
          <td class="numbers">{formatNumber(call.dialedNumber)}</td>
          <td>
            <span class={`pill pill-${phaseTone[call.phase]}`}>{phaseWords[call.phase]}</span>
          </td>
          <td>
            <Elapsed since={call.phaseSince} />
          </td>
          <td>{interpretersOf(call)}</td>
          <Wish call={call} />
          <td>
            {call.queue === null ? '–' : `${call.queue.position} of ${call.queue.waiting}`}
            {call.callerAway && ' (away)'}
            {call.callbackUntil !== null && ' (callback)'}
          </td>
          <td>
            <Elapsed since={call.startedAt} />
          </td>
          <td class="board-actions">
            {isServed(call) && call.colleague === null && (
              <button
                type="button"
                class="button button-quiet"
                aria-label={`Ask for relief in the call of ${call.callerName}`}
                onClick={() => onRelieve(call)}
              >
                Relief
              </button>
            )}
            <button
              type="button"
              class="button button-quiet"
              aria-label={`End the call of ${call.callerName}`}
              onClick={() => onEnd(call)}
            >
              End
            </button>
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function Queues({ queues }: { queues: QueueView[] }) {
  return (
    <Table title="Lines" columns={['Pool', 'Waiting', 'Being offered', 'Ready', 'Longest wait']} empty="No lines yet.">
      {queues.map(queue => (
        <tr key={queue.pool}>
          <th scope="row">{queue.pool}</th>
          <td class="numbers">{queue.waiting}</td>
          <td class="numbers">{queue.reserved}</td>
          <td class="numbers">{queue.freeInterpreters}</td>
          <td>{queue.oldestSince === null ? '–' : <Elapsed since={queue.oldestSince} />}</td>
        </tr>
      ))}
    </Table>
  );
}

const statusTone: Record<InterpreterStatus, string> = {
  signedOut: '',
  available: 'good',
  reserved: 'busy',
  onCall: 'busy',
  wrapUp: 'busy',
  break: '',
  lost: 'danger',
};

export function Interpreters({ interpreters }: { interpreters: InterpreterView[] }) {
  return (
    <Table title="Interpreters" columns={['Name', 'CA ID', 'Status', 'For', 'Missed']} empty="Nobody is at work.">
      {interpreters.map(view => (
        <tr key={view.interpreter}>
          <th scope="row">{view.displayName}</th>
          <td class="numbers">{view.caId}</td>
          <td>
            <span class={`pill pill-${statusTone[view.status]}`}>{statusWords[view.status]}</span>
            {view.status === 'break' && <span class="muted"> {breakText(view)}</span>}
            {view.breakDueSince !== null && <span class="pill pill-warn">break due</span>}
          </td>
          <td>
            <Elapsed since={view.since} />
          </td>
          <td class="numbers">{view.missedOffers}</td>
        </tr>
      ))}
    </Table>
  );
}

export function Ends({ calls }: { calls: CallView[] }) {
  const columns = ['Ended', 'Caller', 'Number', 'Interpreter', 'Asked for', 'Reason', 'Session'];
  return (
    <Table title="Recent ends" columns={columns} empty="No call has ended yet.">
      {calls.map(call => (
        <tr key={call.call}>
          <td class="numbers">{new Date(call.phaseSince).toLocaleTimeString()}</td>
          <th scope="row">{call.callerName}</th>
          <td class="numbers">{formatNumber(call.dialedNumber)}</td>
          <td>{call.interpreterName ?? '–'}</td>
          <Wish call={call} />
          <td>{endReasonWords[call.endReason]}</td>
          <td>
            <a href={`/audit/?call=${call.session}`} aria-label={`Audit trail of the call of ${call.callerName}`}>
              <code class="session">{call.session}</code>
            </a>
          </td>
        </tr>
      ))}
    </Table>
  );
}
