import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { actionChoices, anything, type AuditQuestion } from '../shared/model/audit';

interface AuditFormProps {
  question: AuditQuestion;
  onLook: (question: AuditQuestion) => void;
}

/** What to look for: a day, a call, a person, a kind of event. */
export function AuditForm({ question, onLook }: AuditFormProps) {
  const [form, setForm] = useState(question);
  const submit = (event: Event) => {
    event.preventDefault();
    onLook(form);
  };
  const input = (name: 'day' | 'call' | 'actor') => ({
    id: `audit-${name}`,
    autoComplete: 'off',
    autoCapitalize: 'none' as const,
    spellcheck: false,
    value: form[name],
    onInput: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <form class="card audit-form" role="search" aria-label="Audit trail" onSubmit={submit}>
      <Field name="day" label="Day (UTC)">
        <input type="date" {...input('day')} />
      </Field>
      <Field name="call" label="Call (session ID)">
        <input type="text" {...input('call')} />
      </Field>
      <Field name="actor" label="Who (account)">
        <input type="text" {...input('actor')} />
      </Field>
      <Field name="action" label="Event">
        <select
          id="audit-action"
          value={form.action}
          onChange={event => setForm({ ...form, action: event.currentTarget.value })}
        >
          {actionChoices.map(([action, words]) => (
            <option key={action} value={action}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <div class="button-row">
        <button type="submit" class="button">
          Search
        </button>
        <button type="button" class="button button-quiet" onClick={() => onLook(anything)}>
          Clear
        </button>
      </div>
    </form>
  );
}

function Field({ name, label, children }: { name: string; label: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={`audit-${name}`}>{label}</label>
      {children}
    </div>
  );
}
