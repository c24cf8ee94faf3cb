import { describe, expect, it, vi } from 'vitest';
import { CallerPage } from '../../caller/callerPage';
import { mediaProblem } from '../../shared/media';
import { endText } from '../../shared/model/callText';
import type { HandsetState } from '../../shared/model/handset';
import type { Handset } from '../../shared/handset';
import { fakeHandset, keptPreference } from '../fakes';
import { callView, relayingView, session } from '../samples';
import { button, click, rendered, textOf, type } from './rendered';

async function caller(state: Partial<HandsetState>, methods: Partial<Handset> = {}) {
  const handset = fakeHandset({ line: 'ready', hub: 'up', ...state }, undefined, methods);
  const page = await rendered(
    <CallerPage handset={handset} session={session()} preferences={keptPreference()} onSignOut={vi.fn()} />,
  );
  return { handset, page };
}

const outgoing = { screen: 'outgoing', party: '+15550201', callId: 'c-1' } as const;

describe('the dial pad', () => {
  it('dials what is entered by keys, keyboard or paste, in its full form', async () => {
    const dial = vi.fn(() => Promise.resolve());
    const { page } = await caller({}, { dial });
    await type(page.querySelector('#number'), '(202) 555-014');
    await click(button(page, /^7/));
    await click(button(page, 'Call'));
    expect(dial).toHaveBeenCalledWith('+12025550147');
  });

  it('says what is wrong with a number instead of dialing it', async () => {
    const dial = vi.fn(() => Promise.resolve());
    const { page } = await caller({}, { dial });
    await type(page.querySelector('#number'), '555');
    await click(button(page, 'Call'));
    expect(dial).not.toHaveBeenCalled();
    expect(textOf(page.querySelector('[role=alert]'))).toContain('That is not a complete number.');
    expect(page.querySelector('#number')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('waits for the line', async () => {
    const { page } = await caller({ line: 'connecting' });
    expect(button(page, 'Connecting…').disabled).toBe(true);
  });

  it('gives way to a camera problem, with its remedy and another try', async () => {
    const prepare = vi.fn(() => Promise.resolve(null));
    const { page } = await caller({ problem: mediaProblem('NotAllowedError', 'video') }, { prepare });
    expect(textOf(page)).toContain('Click the icon at the left of the address bar');
    expect(button(page, 'Call').disabled).toBe(true);
    prepare.mockClear();
    await click(button(page, 'Try again'));
    expect(prepare).toHaveBeenCalled();
  });
});

describe('a call', () => {
  it('can be put on hold and taken back, and says what it is', async () => {
    const hold = vi.fn();
    const talking = { screen: 'talking', callId: 'c-1', view: relayingView() } as const;
    const { page } = await caller(talking, { hold });
    await click(button(page, 'Hold'));
    expect(hold).toHaveBeenCalledWith(true);
    const { page: held } = await caller({ ...talking, holding: { mine: true, theirs: false } }, { hold });
    expect(textOf(held.querySelector('[role=status] h1'))).toBe('On hold');
    await click(button(held, 'Resume'));
    expect(hold).toHaveBeenLastCalledWith(false);
  });

  it('shows the place in line large, and the status as text that readers are told of', async () => {
    const queue = { position: 2, waiting: 5, estimatedWaitSeconds: 130 };
    const { page } = await caller({ ...outgoing, view: callView({ queue }) });
    expect(textOf(page.querySelector('.caller-place strong'))).toBe('2');
    expect(textOf(page.querySelector('[role=status] h1')?.parentElement ?? null)).toContain('about 2 minutes');
  });

  it('flashes at every change and never relies on sound', async () => {
    const { page, handset } = await caller({ ...outgoing, view: callView() });
    expect(page.querySelector('.flash')).toBeNull();
    const { act } = await import('preact/test-utils');
    await act(() => handset.store.send({ type: 'view', view: callView({ version: 2, phase: 'connecting' }) }));
    expect(page.querySelector('.flash')).not.toBeNull();
  });

  it('goes on under a banner when the connection is lost', async () => {
    const { page } = await caller({ ...outgoing, screen: 'talking', line: 'down', view: relayingView() });
    expect(textOf(page.querySelector('.banner'))).toContain('Your call goes on');
    expect(textOf(page.querySelector('h1'))).toBe('Connected');
  });

  it('draws who is connected with whom', async () => {
    const { page } = await caller({ ...outgoing, screen: 'talking', view: relayingView() });
    const links = [...page.querySelectorAll('[aria-label="Who is connected"] .sr-only')].map(textOf);
    expect(links).toEqual(['Dana Reyes and interpreter: connected', 'Interpreter and Hana Suzuki: connected']);
  });

  it('is hung up with one button', async () => {
    const hangUp = vi.fn();
    const { page } = await caller({ ...outgoing, view: callView() }, { hangUp });
    await click(button(page, 'Hang up'));
    expect(hangUp).toHaveBeenCalled();
  });

  it('says why it ended, and can be made again', async () => {
    const dial = vi.fn(() => Promise.resolve());
    const { page } = await caller({ ...outgoing, screen: 'ended', end: endText('noInterpreter', 'caller') }, { dial });
    expect(textOf(page.querySelector('h1'))).toBe('No interpreter was free');
    await click(button(page, 'Call +1 555-0201 again'));
    expect(dial).toHaveBeenCalledWith('+15550201');
  });
});

it('shows an incoming call with a pulsing frame, and takes or declines it', async () => {
  const answer = vi.fn(() => Promise.resolve());
  const decline = vi.fn();
  const { page } = await caller({ screen: 'ringing', party: 'Hana Suzuki', side: 'callee' }, { answer, decline });
  expect(page.querySelector('.flash-call')).not.toBeNull();
  expect(document.title).toContain('Hana Suzuki is calling');
  await click(button(page, 'Answer'));
  await click(button(page, 'Decline'));
  expect(answer).toHaveBeenCalled();
  expect(decline).toHaveBeenCalledWith(603);
});
