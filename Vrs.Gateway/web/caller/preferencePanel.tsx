import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../shared/api';
import type { Preference } from '../shared/contracts';
import { anyone, isWish, preferenceText } from '../shared/model/preference';
import type { Preferences } from '../shared/page';
import { Icon } from '../shared/ui/icons';
import { PreferenceEditor } from './preferenceEditor';

type Load = { state: 'loading' } | { state: 'failed'; because: string } | { state: 'here'; preference: Preference };

const sentenceOf = (error: unknown): string => {
  if (error instanceof ApiError) {
    return error.message;
  }
  throw error;
};

/** Whom the caller would like to have as her interpreter: what holds now, and a form to change it. */
export function PreferencePanel({ preferences }: { preferences: Preferences }) {
  const [loaded, setLoaded] = useState<Load>({ state: 'loading' });
  const load = () =>
    preferences.load().then(
      preference => setLoaded({ state: 'here', preference }),
      (error: unknown) => setLoaded({ state: 'failed', because: sentenceOf(error) }),
    );
  useEffect(() => void load(), [preferences]);

  return (
    <section class="card stack preference" aria-labelledby="preference-title">
      <h2 id="preference-title">
        <Icon name="hands" /> Your interpreter
      </h2>
      {loaded.state === 'loading' && <p class="muted">Looking up what you asked for…</p>}
      {loaded.state === 'failed' && (
        <>
          <p>{loaded.because}</p>
          <button type="button" class="button button-quiet" onClick={() => void load()}>
            Try again
          </button>
        </>
      )}
      {loaded.state === 'here' && <Kept first={loaded.preference} preferences={preferences} />}
    </section>
  );
}

function Kept({ first, preferences }: { first: Preference; preferences: Preferences }) {
  const [preference, setPreference] = useState(first);
  const [editing, setEditing] = useState<boolean | null>(null);
  const [news, setNews] = useState('');
  const [fault, setFault] = useState('');
  const change = useRef<HTMLButtonElement>(null);
  // The form is gone, so the focus goes back to the button that opened it.
  useLayoutEffect(() => {
    if (editing === false) {
      change.current?.focus();
    }
  }, [editing]);

  /** Answers with why it was refused; empty when it was kept. */
  const save = async (wished: Preference): Promise<string> => {
    try {
      setPreference(await preferences.save(wished));
      setNews(isWish(wished) ? 'Saved. It holds from your next call on.' : 'Removed. Anyone may take your next call.');
      setEditing(false);
      return '';
    } catch (error) {
      return sentenceOf(error);
    }
  };
  const open = () => {
    setNews('');
    setFault('');
    setEditing(true);
  };

  return (
    <>
      {editing === true ? (
        <PreferenceEditor preference={preference} onSave={save} onCancel={() => setEditing(false)} />
      ) : (
        <>
          <Standing preference={preference} />
          <div class="button-row">
            <button type="button" ref={change} class="button button-quiet" onClick={open}>
              {isWish(preference) ? 'Change' : 'Ask for an interpreter'}
            </button>
            {isWish(preference) && (
              <button type="button" class="button button-quiet" onClick={() => void save(anyone).then(setFault)}>
                Remove
              </button>
            )}
          </div>
        </>
      )}
      {fault !== '' && (
        <p role="alert" class="field-fault">
          {fault}
        </p>
      )}
      <p role="status" class={news === '' ? 'sr-only' : 'preference-news'}>
        {news}
      </p>
    </>
  );
}

function Standing({ preference }: { preference: Preference }) {
  const { who, then } = preferenceText(preference);
  return (
    <div>
      <p class="preference-who">{who}</p>
      <p class="muted">{then}</p>
    </div>
  );
}
