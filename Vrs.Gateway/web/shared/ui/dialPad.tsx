import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cleanInput, normalizeNumber, numberHint } from '../model/number';
import { Icon } from './icons';

const keys: readonly (readonly [key: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

export function Keys({ onKey, small = false }: { onKey: (key: string) => void; small?: boolean }) {
  return (
    <div class={small ? 'keys keys-small' : 'keys'} role="group" aria-label="Keys">
      {keys.map(([key, letters]) => (
        <button key={key} type="button" class="key" onClick={() => onKey(key)}>
          <b>{key}</b>
          <small aria-hidden="true">{letters}</small>
        </button>
      ))}
    </div>
  );
}

interface DialPadProps {
  label: string;
  action: string;
  initial?: string;
  disabled: boolean;
  onDial: (number: string) => void;
  showKeys?: boolean;
}

/** A number by keys, keyboard or paste; wherever the focus is on the page, typed digits land here. */
export function DialPad({ label, action, initial = '', disabled, onDial, showKeys = true }: DialPadProps) {
  // Until something is typed, the given number stands; what was typed is never replaced by news that come late.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? initial;
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const edit = (next: string) => {
    setTyped(cleanInput(next));
    setWrong(false);
  };
  // Before the pad is painted: whoever sees it can type.
  useLayoutEffect(() => focusOnDigits(input), []);

  const dial = (event: Event) => {
    event.preventDefault();
    const number = normalizeNumber(text);
    if (number === null) {
      setWrong(true);
      input.current?.focus();
    } else if (!disabled) {
      onDial(number);
    }
  };

  return (
    <form class="dialpad" onSubmit={dial}>
      <div class="field">
        <label for="number">{label}</label>
        <div class="dial-input">
          <input
            id="number"
            ref={input}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            value={text}
            aria-invalid={wrong}
            aria-describedby="number-hint"
            onInput={event => edit(event.currentTarget.value)}
          />
          <button
            type="button"
            class="button button-quiet button-icon"
            title="Delete the last digit"
            disabled={text === ''}
            onClick={() => edit(text.slice(0, -1))}
          >
            <Icon name="erase" />
            <span class="sr-only">Delete the last digit</span>
          </button>
        </div>
        <p id="number-hint" class="field-hint" role={wrong ? 'alert' : undefined}>
          {wrong ? <strong>That is not a complete number. </strong> : null}
          {numberHint}
        </p>
      </div>
      {showKeys && <Keys onKey={key => edit(text + key)} />}
      <button type="submit" class="button button-good button-big" disabled={disabled}>
        <Icon name="phone" />
        {action}
      </button>
    </form>
  );
}

// Dialing needs no click first: a digit typed anywhere on the page moves the focus here before it is entered.
function focusOnDigits(input: { current: HTMLInputElement | null }): () => void {
  const onKey = (event: KeyboardEvent) => {
    const typing =
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLSelectElement ||
      document.querySelector('dialog[open]') !== null;
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && /^[\d+*#]$/.test(event.key)) {
      input.current?.focus();
    }
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
