import { describe, expect, it, vi } from 'vitest';
import { OperationsPage } from '../../operations/operationsPage';
import { PhonePage } from '../../phone/phonePage';
import { type Api, ApiError } from '../../shared/api';
import { SignInPage } from '../../signin/signInPage';
import { boardStore, fakeHandset } from '../fakes';
import { boardView, relayingView, session } from '../samples';
import { button, click, rendered, textOf, type } from './rendered';

// There is no sound here; what counts is that nothing depends on it.
vi.mock('../../phone/ring', () => ({ startRinging: () => () => undefined }));

describe('signing in', () => {
  async function signIn(api: Partial<Api>, onSignedIn = vi.fn()) {
    const all = { demoAccounts: () => Promise.resolve([]), ...api } as unknown as Api;
    const page = await rendered(<SignInPage api={all} expired={false} onSignedIn={onSignedIn} />);
    await type(page.querySelector('#user'), ' dana ');
    await type(page.querySelector('#password'), 'secret');
    await click(button(page, 'Sign in'));
    return { page, onSignedIn };
  }

  it('hands on the answer of the service', async () => {
    const answer = vi.fn(() => Promise.resolve({ role: 'caller' } as never));
    const { onSignedIn } = await signIn({ signIn: answer });
    expect(answer).toHaveBeenCalledWith('dana', 'secret');
    expect(onSignedIn).toHaveBeenCalledWith({ role: 'caller' });
  });

  it('says in the service’s words why it failed, and can be tried again', async () => {
    const { page } = await signIn({
      signIn: () => Promise.reject(new ApiError(401, 'User name or password is wrong.')),
    });
    expect(textOf(page.querySelector('[role=alert]'))).toBe('User name or password is wrong.');
    expect(button(page, 'Sign in').disabled).toBe(false);
  });

  it('shows no demo accounts where there are none', async () => {
    const { page } = await signIn({ signIn: () => new Promise(() => undefined) });
    expect(page.querySelector('.demo-list')).toBeNull();
    expect(button(page, 'Signing in…').disabled).toBe(true);
  });
});

describe('the phone', () => {
  const hana = session({ role: 'phone', displayName: 'Hana Suzuki', number: '+15550201' });

  it('is answered, declined, or busy', async () => {
    const decline = vi.fn();
    const handset = fakeHandset({ screen: 'ringing', party: 'Dana Reyes', side: 'callee' }, undefined, { decline });
    const page = await rendered(<PhonePage handset={handset} session={hana} onSignOut={vi.fn()} />);
    await click(button(page, 'Decline'));
    await click(button(page, 'I am busy'));
    expect(decline.mock.calls).toEqual([[603], [486]]);
  });

  it('sends keys during a call', async () => {
    const sendKey = vi.fn();
    const handset = fakeHandset({ screen: 'talking', party: 'Dana Reyes', side: 'callee' }, undefined, { sendKey });
    const page = await rendered(<PhonePage handset={handset} session={hana} onSignOut={vi.fn()} />);
    await click(button(page, 'Keys'));
    await click(button(page, /^5/));
    expect(sendKey).toHaveBeenCalledWith('5');
  });
});

describe('operations', () => {
  async function operations(onEndCall = vi.fn(), board: ReturnType<typeof boardView> | null = boardView()) {
    const onRelieve = vi.fn();
    const page = await rendered(
      <OperationsPage
        store={boardStore(board)}
        session={session()}
        onEndCall={onEndCall}
        onRelieve={onRelieve}
        onSignOut={vi.fn()}
      />,
    );
    return { page, onEndCall, onRelieve };
  }

  it('asks for relief in a call that is served, and for no other', async () => {
    const { page, onRelieve } = await operations();
    expect([...page.querySelectorAll('button')].filter(found => textOf(found) === 'Relief')).toHaveLength(1);
    await click(button(page, /Relief/));
    expect(onRelieve).toHaveBeenCalledWith('c-1');
  });

  it('shows figures, live calls, lines, interpreters and how calls ended', async () => {
    const { page } = await operations();
    expect(textOf(page.querySelector('[data-figure=Relaying] dd'))).toBe('1');
    const tables = [...page.querySelectorAll('.board-table')].map(textOf);
    expect(tables[0]).toContain('Deniz Aydin');
    expect(tables[1]).toContain('ase+en');
    expect(tables[2]).toContain('on a break Meal');
    expect(tables[3]).toContain('called party hung up');
    expect(page.querySelectorAll('th[scope=col]').length).toBeGreaterThan(10);
  });

  it('shows beside a call whom its caller asked for, what she agreed to, and the outcome', async () => {
    const wish = {
      gender: null,
      interpreter: 'Ines Marchetti',
      otherwise: 'anyone',
      nobodyElseUntil: null,
      outcome: 'fellBack',
    } as const;
    const board = boardView({ calls: [relayingView({ interpreterName: 'Ivan Petrov', wish })], recentEnds: [] });
    const { page } = await operations(vi.fn(), board);
    expect(textOf(page.querySelector('[aria-label="Live calls"] .board-wish'))).toBe(
      'Ines Marchetti; anyone otherwise; served by another, as agreed',
    );
  });

  it('leads from an end to the audit trail of that call', async () => {
    const { page } = await operations();
    const { session: id } = relayingView();
    expect(page.querySelector('[aria-label="Recent ends"] a')?.getAttribute('href')).toBe(`/audit/?call=${id}`);
  });

  it('ends a call only after it was confirmed', async () => {
    const { page, onEndCall } = await operations();
    await click(button(page, 'End'));
    expect(onEndCall).not.toHaveBeenCalled();
    await click(button(page, 'End the call'));
    expect(onEndCall).toHaveBeenCalledWith('c-1');
  });

  it('says so while nothing is known', async () => {
    const { page } = await operations(vi.fn(), null);
    expect(textOf(page)).toContain('Waiting for the first figures');
  });
});
