import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Preference } from '../shared/contracts';
import {
  faultsOf,
  formOf,
  genderChoices,
  type Otherwise,
  type PreferenceFaults,
  type PreferenceField,
  type PreferenceForm,
  preferenceOf,
  spanWords,
  waitChoices,
} from '../shared/model/preference';

interface EditorProps {
  preference: Preference;
  /** Answers with why it was refused; empty when it was kept. */
  onSave: (preference: Preference) => Promise<string>;
  onCancel: () => void;
}

interface FieldProps {
  form: PreferenceForm;
  faults: PreferenceFaults;
  onChange: (changes: Partial<PreferenceForm>) => void;
}

/** The form: whom, for how long, and what she agrees to otherwise. Nothing is agreed to for her. */
export function PreferenceEditor({ preference, onSave, onCancel }: EditorProps) {
  const [form, setForm] = useState(() => formOf(preference));
  const [faults, setFaults] = useState<PreferenceFaults>({});
  const [attempts, setAttempts] = useState(0);
  const [refusal, setRefusal] = useState('');
  const [saving, setSaving] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => element.current?.querySelector('select')?.focus(), []);
  // Whoever cannot see the page is led to what is wrong.
  useLayoutEffect(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), [attempts]);

  const change = (changes: Partial<PreferenceForm>) => {
    setForm({ ...form, ...changes });
    setFaults({});
    setRefusal('');
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = faultsOf(form);
    setFaults(found);
    setAttempts(attempts + 1);
    if (Object.keys(found).length === 0 && !saving) {
      setSaving(true);
      setRefusal(await onSave(preferenceOf(form)));
      setSaving(false);
    }
  };

  const fields = { form, faults, onChange: change };
  return (
    <form ref={element} class="stack" noValidate onSubmit={event => void submit(event)}>
      <WhoFields {...fields} />
      <WaitField {...fields} />
      <OtherwiseField {...fields} />
      <p class="field-hint">Emergency calls never wait: the first free interpreter takes them.</p>
      {refusal !== '' && (
        <p role="alert" class="field-fault">
          {refusal}
        </p>
      )}
      <div class="button-row">
        <button type="submit" class="button" disabled={saving}>
          {saving ? 'Saving…' : 'Save'}
        </button>
        <button type="button" class="button button-quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function WhoFields({ form, faults, onChange }: FieldProps) {
  return (
    <>
      <Field name="gender" label="I would like" faults={faults}>
        <select
          id="preference-gender"
          value={form.gender}
          aria-invalid={faults.gender !== undefined}
          aria-describedby="preference-gender-fault"
          onChange={event => onChange({ gender: event.currentTarget.value })}
        >
          <option value="">any gender</option>
          {genderChoices(form.gender).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <Field name="interpreter" label="A certain interpreter (you may leave this empty)" faults={faults}>
        <input
          id="preference-interpreter"
          type="text"
          autoComplete="off"
          maxLength={80}
          value={form.interpreter}
          aria-describedby="preference-interpreter-hint"
          onInput={event => onChange({ interpreter: event.currentTarget.value })}
        />
        <p id="preference-interpreter-hint" class="field-hint">
          Name or CA number: every interpreter tells you hers or his.
        </p>
      </Field>
    </>
  );
}

function WaitField({ form, faults, onChange }: FieldProps) {
  return (
    <Field name="waitSeconds" label="How long shall we wait?" faults={faults}>
      <select
        id="preference-waitSeconds"
        value={String(form.waitSeconds)}
        aria-invalid={faults.waitSeconds !== undefined}
        aria-describedby="preference-waitSeconds-fault"
        onChange={event => onChange({ waitSeconds: Number(event.currentTarget.value) })}
      >
        {waitChoices(form.waitSeconds).map(seconds => (
          <option key={seconds} value={String(seconds)}>
            {seconds === 0 ? 'Not at all' : `Up to ${spanWords(seconds)}`}
          </option>
        ))}
      </select>
    </Field>
  );
}

const otherwiseChoices: readonly (readonly [value: Otherwise, words: string])[] = [
  ['anyone', 'Any interpreter may take my call.'],
  ['wait', 'Nobody else. My call ends, and I try again later.'],
];

function OtherwiseField({ form, faults, onChange }: FieldProps) {
  return (
    <fieldset class="field preference-otherwise" aria-describedby="preference-otherwise-fault">
      <legend>If that interpreter is not free in time</legend>
      {otherwiseChoices.map(([value, words]) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="otherwise"
            value={value}
            checked={form.otherwise === value}
            aria-invalid={faults.otherwise !== undefined}
            onChange={() => onChange({ otherwise: value })}
          />
          {words}
        </label>
      ))}
      <Fault name="otherwise" faults={faults} />
    </fieldset>
  );
}

interface WrapProps {
  name: PreferenceField;
  label: string;
  faults: PreferenceFaults;
  children: ComponentChildren;
}

function Field({ name, label, faults, children }: WrapProps) {
  return (
    <div class="field">
      <label for={`preference-${name}`}>{label}</label>
      {children}
      <Fault name={name} faults={faults} />
    </div>
  );
}

function Fault({ name, faults }: { name: PreferenceField; faults: PreferenceFaults }) {
  return (
    <p id={`preference-${name}-fault`} class="field-fault" role={faults[name] === undefined ? undefined : 'alert'}>
      {faults[name]}
    </p>
  );
}
