import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../shared/api';
import type { AuditEntry, AuditAnswer } from '../shared/contracts';
import { actionWords, anything, type AuditQuestion, auditTime } from '../shared/model/audit';
import type { Session } from '../shared/session';
import { Notice, TopBar } from '../shared/ui/shell';
import { Table } from '../shared/ui/table';
import { AuditForm } from './auditForm';
import './audit.css';

interface AuditPageProps {
  /** What is asked for before anybody has. */
  first: AuditQuestion;
  session: Session;
  /** One page of the answer, newest first; `before` is where the page before it ended. */
  ask: (question: AuditQuestion, before: number | null) => Promise<AuditAnswer>;
  onSignOut: () => void;
}

/** Where somebody stands: the question, and the ends of the pages she has turned. */
interface Place {
  question: AuditQuestion;
  turned: readonly number[];
}

type Found = { state: 'looking' } | { state: 'failed'; because: string } | { state: 'here'; answer: AuditAnswer };

/** Who did what to which call, when, from where, with what outcome; for operators and auditors. */
export function AuditPage({ first, session, ask, onSignOut }: AuditPageProps) {
  const [place, setPlace] = useState<Place>({ question: first, turned: [] });
  const [found, setFound] = useState<Found>({ state: 'looking' });
  const asked = useRef(0);
  useEffect(() => {
    const number = ++asked.current;
    const show = (news: Found) => {
      // The answer to an older question is of no use.
      if (number === asked.current) {
        setFound(news);
      }
    };
    setFound({ state: 'looking' });
    ask(place.question, place.turned.at(-1) ?? null).then(
      answer => show({ state: 'here', answer }),
      (error: unknown) => show({ state: 'failed', because: sentenceOf(error) }),
    );
  }, [place]);

  const look = (question: AuditQuestion) => setPlace({ question, turned: [] });
  return (
    <>
      <TopBar session={session} onSignOut={onSignOut}>
        {session.role === 'operator' && <a href="/operations/">Operations</a>}
      </TopBar>
      <main class="page stack">
        <h1>Audit trail</h1>
        <AuditForm key={JSON.stringify(place.question)} question={place.question} onLook={look} />
        {found.state === 'failed' && <Notice kind="danger" title={found.because} />}
        <p role="status" class="muted">
          {statusOf(found, place)}
        </p>
        {found.state === 'here' && (
          <Events entries={found.answer.events} onCall={call => look({ ...anything, call })} />
        )}
        <div class="button-row">
          <button
            type="button"
            class="button button-quiet"
            disabled={place.turned.length === 0}
            onClick={() => setPlace({ ...place, turned: place.turned.slice(0, -1) })}
          >
            Newer
          </button>
          <button
            type="button"
            class="button button-quiet"
            disabled={found.state !== 'here' || found.answer.before === null}
            onClick={() => turn(found, place, setPlace)}
          >
            Older
          </button>
        </div>
      </main>
    </>
  );
}

function turn(found: Found, place: Place, setPlace: (place: Place) => void) {
  if (found.state === 'here' && found.answer.before !== null) {
    setPlace({ ...place, turned: [...place.turned, found.answer.before] });
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) {
    return error.message;
  }
  throw error;
}

function statusOf(found: Found, place: Place): string {
  if (found.state !== 'here') {
    return found.state === 'looking' ? 'Looking…' : '';
  }
  const count = found.answer.events.length;
  const events = count === 1 ? '1 event' : `${count} events`;
  return `Page ${place.turned.length + 1}: ${events}, newest first.`;
}

const columns = ['Time (UTC)', 'Who', 'What', 'Outcome', 'Call', 'From', 'Detail'];

function Events({ entries, onCall }: { entries: AuditEntry[]; onCall: (call: string) => void }) {
  return (
    <Table title="Events" columns={columns} empty="Nothing of the kind is on record.">
      {entries.map(entry => {
        const call = entry.session ?? entry.call;
        return (
          <tr key={entry.id}>
            <td class="numbers">
              <time dateTime={entry.at}>{auditTime(entry.at)}</time>
            </td>
            <th scope="row">
              {entry.actor} {entry.role !== entry.actor && <span class="muted">{entry.role}</span>}
            </th>
            <td title={entry.action}>{actionWords(entry.action)}</td>
            <td>
              <span class={`pill ${entry.outcome === 'done' ? 'pill-good' : 'pill-warn'}`}>{entry.outcome}</span>
            </td>
            <td>
              {call === null ? (
                '–'
              ) : (
                <button
                  type="button"
                  class="link-button"
                  aria-label={`Only the call ${call}`}
                  onClick={() => onCall(call)}
                >
                  <code class="session">{call}</code>
                </button>
              )}
            </td>
            <td class="numbers">{entry.address ?? '–'}</td>
            <td class="audit-detail">{entry.detail ?? '–'}</td>
          </tr>
        );
      })}
    </Table>
  );
}
