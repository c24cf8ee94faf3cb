import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../shared/api';
import type { DemoAccount, Role, SignInAnswer } from '../shared/contracts';
import { formatNumber } from '../shared/model/number';
import { BrandMark, Icon, type IconName } from '../shared/ui/icons';
import { Notice } from '../shared/ui/shell';
import { ThemeToggle } from '../shared/ui/theme';
import './signIn.css';

interface SignInPageProps {
  api: Api;
  expired: boolean;
  onSignedIn: (answer: SignInAnswer) => void;
}

export function SignInPage({ api, expired, onSignedIn }: SignInPageProps) {
  return (
    <main class="signin">
      <section class="signin-welcome">
        <p class="brand">
          <BrandMark /> Relay
        </p>
        <h1>
          <span>Sign to anyone.</span> <span>Speak with anyone.</span>
        </h1>
        <p>A sign-language interpreter joins your call and relays it, in both directions and in real time.</p>
        <ul class="signin-facts">
          <li>Video to your interpreter, voice to the other person</li>
          <li>Encrypted from device to device</li>
          <li>Nothing that is signed or said is ever recorded</li>
        </ul>
      </section>
      <SignInCard api={api} expired={expired} onSignedIn={onSignedIn} />
    </main>
  );
}

function SignInCard({ api, expired, onSignedIn }: SignInPageProps) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const signIn = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onSignedIn(await api.signIn(user.trim(), password));
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : 'Signing in failed. Try again.');
      setBusy(false);
    }
  };
  return (
    <section class="signin-form card">
      <div class="signin-head">
        <h2>Sign in</h2>
        <ThemeToggle />
      </div>
      {expired && error === null && <Notice title="You were signed out. Please sign in again." />}
      {error !== null && <Notice kind="danger" title={error} />}
      <form class="stack" onSubmit={event => void signIn(event)}>
        <Field id="user" label="Name" autoComplete="username" value={user} onInput={setUser} />
        <Field
          id="password"
          label="Password"
          secret
          autoComplete="current-password"
          value={password}
          onInput={setPassword}
        />
        <button type="submit" class="button button-big" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <DemoAccounts
        api={api}
        onPick={name => {
          setUser(name);
          document.getElementById('password')?.focus();
        }}
      />
    </section>
  );
}

interface FieldProps {
  id: string;
  label: string;
  secret?: boolean;
  autoComplete: string;
  value: string;
  onInput: (value: string) => void;
}

function Field({ id, label, secret = false, autoComplete, value, onInput }: FieldProps) {
  const edit = (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value);
  const shared = {
    id,
    autoComplete,
    autoCapitalize: 'none' as const,
    spellcheck: false,
    required: true,
    value,
    onInput: edit,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input {...shared} {...(secret ? { type: 'password' } : { type: 'text' })} />
    </div>
  );
}

const roles: Record<Role, { words: string; icon: IconName }> = {
  caller: { words: 'Deaf caller', icon: 'user' },
  interpreter: { words: 'Interpreter', icon: 'hands' },
  phone: { words: 'Hearing phone', icon: 'ear' },
  operator: { words: 'Operator', icon: 'settings' },
  auditor: { words: 'Auditor', icon: 'check' },
};

function DemoAccounts({ api, onPick }: { api: Api; onPick: (user: string) => void }) {
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  useEffect(() => {
    void api.demoAccounts().then(setAccounts);
  }, [api]);
  if (accounts.length === 0) {
    return null;
  }
  return (
    <section class="stack stack-tight" aria-labelledby="demo-title">
      <h3 id="demo-title">Demo accounts</h3>
      <p class="field-hint">This is a development server. Pick one; the password was printed when it started.</p>
      <ul class="demo-list">
        {accounts.map(account => (
          <li key={account.user}>
            <button type="button" class="demo-account" onClick={() => onPick(account.user)}>
              <Icon name={roles[account.role].icon} />
              <span>
                <strong>{account.user}</strong>
                <span>{account.number === null ? roles[account.role].words : formatNumber(account.number)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
