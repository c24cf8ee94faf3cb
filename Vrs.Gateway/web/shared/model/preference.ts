import type { Preference } from '../contracts';

/** What the caller agrees to when the one she wished for is not free in time; empty until she has chosen. */
export type Otherwise = Preference['otherwise'] | '';

/** The fields of the form, as they are filled in. */
export interface PreferenceForm {
  gender: string;
  interpreter: string;
  waitSeconds: number;
  otherwise: Otherwise;
}

export type PreferenceField = 'gender' | 'interpreter' | 'waitSeconds' | 'otherwise';

export type PreferenceFaults = Partial<Record<PreferenceField, string>>;

/** Nobody is wished for. */
export const anyone: Preference = {
  gender: null,
  interpreter: null,
  interpreterName: null,
  waitSeconds: 0,
  otherwise: 'anyone',
};

const genders: readonly (readonly [value: string, words: string])[] = [
  ['female', 'a woman'],
  ['male', 'a man'],
  ['nonbinary', 'a non-binary person'],
];

const waits = [0, 30, 60, 120, 300, 600, 1800];

export const isWish = (preference: Preference) => preference.gender !== null || preference.interpreter !== null;

export function genderWords(gender: string): string {
  return genders.find(([value]) => value === gender)?.[1] ?? `a person who says “${gender}”`;
}

/** The genders to choose from; one that was set elsewhere is among them. */
export function genderChoices(chosen: string): readonly (readonly [value: string, words: string])[] {
  const known = chosen === '' || genders.some(([value]) => value === chosen);
  return known ? genders : [...genders, [chosen, genderWords(chosen)]];
}

/** The times to choose from, in seconds; one that was set elsewhere is among them. */
export const waitChoices = (chosen: number): readonly number[] =>
  waits.includes(chosen) ? waits : [...waits, chosen].sort((a, b) => a - b);

/** A time in words: 30 seconds, 1 minute, 1 minute 15 seconds. */
export function spanWords(seconds: number): string {
  const count = (number: number, unit: string) => (number === 0 ? '' : `${number} ${unit}${number === 1 ? '' : 's'}`);
  return `${count(Math.floor(seconds / 60), 'minute')} ${count(seconds % 60, 'second')}`.trim();
}

/** Whom somebody wished for: a name, a gender, or both. */
export function whoWords(gender: string | null, interpreter: string | null): string {
  if (interpreter === null) {
    return gender === null ? 'anyone' : genderWords(gender);
  }
  return gender === null ? interpreter : `${interpreter} (${genderWords(gender)})`;
}

/** The preference as she reads it before she calls: whom, and what happens when. */
export function preferenceText(preference: Preference): { who: string; then: string } {
  if (!isWish(preference)) {
    return { who: 'Anyone', then: 'The next free interpreter takes your calls.' };
  }
  const who = whoWords(preference.gender, preference.interpreterName ?? preference.interpreter);
  const wait = spanWords(preference.waitSeconds);
  const then =
    preference.otherwise === 'wait'
      ? `${wait === '' ? 'We wait' : `We wait up to ${wait}`}. Nobody else is asked; then the call ends.`
      : wait === ''
        ? 'If nobody like that is free, another interpreter takes your call at once.'
        : `We wait up to ${wait}. Then any interpreter may take your call.`;
  return { who: who.charAt(0).toUpperCase() + who.slice(1), then };
}

/** The form for a preference. A new one has no answer yet to what shall happen otherwise: that is hers to give. */
export function formOf(preference: Preference): PreferenceForm {
  return isWish(preference)
    ? {
        gender: preference.gender ?? '',
        interpreter: preference.interpreterName ?? preference.interpreter ?? '',
        waitSeconds: preference.waitSeconds,
        otherwise: preference.otherwise,
      }
    : { gender: '', interpreter: '', waitSeconds: 60, otherwise: '' };
}

/** What is wrong with the form, by field; in the order in which the fields stand. */
export function faultsOf(form: PreferenceForm): PreferenceFaults {
  const faults: PreferenceFaults = {};
  if (form.gender === '' && form.interpreter.trim() === '') {
    faults.gender = 'Choose a gender, or name an interpreter below.';
  }
  if (form.otherwise === 'wait' && form.waitSeconds === 0) {
    faults.waitSeconds = 'If nobody else may take your call, choose how long we shall wait.';
  }
  if (form.otherwise === '') {
    faults.otherwise = 'Choose what shall happen then.';
  }
  return faults;
}

/** What is sent; only for a form without faults. */
export function preferenceOf(form: PreferenceForm): Preference {
  const interpreter = form.interpreter.trim();
  return {
    gender: form.gender === '' ? null : form.gender,
    interpreter: interpreter === '' ? null : interpreter,
    interpreterName: null,
    waitSeconds: form.waitSeconds,
    otherwise: form.otherwise === 'wait' ? 'wait' : 'anyone',
  };
}
