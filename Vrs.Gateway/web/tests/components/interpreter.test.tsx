import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { InterpreterConsole } from '../../interpreter/console';
import { ConsolePage } from '../../interpreter/consolePage';
import type { ConsoleState } from '../../shared/model/console';
import { fakeConsole } from '../fakes';
import { interpreterView, offerView, relayingView, session } from '../samples';
import { Offer } from '../../interpreter/offer';
import { button, click, firstPicture, rendered, textOf, type } from './rendered';

async function desk(state: Partial<ConsoleState>, methods: Partial<InterpreterConsole> = {}) {
  const console = fakeConsole(
    { line: 'ready', hub: 'up', interpreter: interpreterView(), ...state },
    undefined,
    methods,
  );
  const page = await rendered(
    <ConsolePage console={console} session={session({ role: 'interpreter' })} onSignOut={vi.fn()} />,
  );
  return { console, page };
}

const press = (key: string) => act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key })));

describe('work', () => {
  it('starts, becomes ready, pauses with a reason, and ends', async () => {
    const signIn = vi.fn(() => Promise.resolve());
    const { page } = await desk({ interpreter: null }, { signIn });
    await click(button(page, 'Start work'));
    expect(signIn).toHaveBeenCalled();
  });

  it('pauses with the reason that was chosen', async () => {
    const takeBreak = vi.fn(() => Promise.resolve());
    const { page } = await desk({}, { takeBreak });
    await click(button(page, 'Take a break'));
    expect(takeBreak).toHaveBeenCalledWith('Short break');
  });

  it('cannot become ready before the console can take a call', async () => {
    const { page } = await desk({ line: 'down', interpreter: interpreterView({ status: 'break' }) });
    expect(button(page, 'Ready for calls').disabled).toBe(true);
  });

  it('counts wrap-up down', async () => {
    const deadline = new Date(Date.now() + 12_000).toISOString();
    const { page } = await desk({ interpreter: interpreterView({ status: 'wrapUp', deadline }) });
    expect(page.querySelector('progress')?.value).toBeGreaterThan(10);
    expect(textOf(page)).toContain('Wrapping up');
  });

  it('says why the service refused something', async () => {
    const { page } = await desk({ notice: 'Your console is not registered yet.' });
    expect(textOf(page)).toContain('Your console is not registered yet.');
  });
});

describe('an offer', () => {
  const state = { interpreter: interpreterView({ status: 'reserved' }), offer: offerView() } as const;

  it('can be accepted by key as soon as it is seen', () => {
    const answerOffer = vi.fn(() => Promise.resolve());
    firstPicture(<Offer offer={offerView()} console={fakeConsole({}, undefined, { answerOffer })} />);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    expect(answerOffer).toHaveBeenCalledExactlyOnceWith('Accept');
  });

  it('fills the window, pulses, and names caller, number and languages', async () => {
    const { page } = await desk(state);
    const dialog = page.querySelector('[role=alertdialog]');
    expect(textOf(dialog)).toContain('Dana Reyes');
    expect(textOf(dialog)).toContain('+1 555-0201');
    expect(textOf(dialog)).toContain('American Sign Language – English');
    expect(page.querySelector('.flash-call')).not.toBeNull();
  });

  it('is accepted with A and declined with D', async () => {
    const answerOffer = vi.fn(() => Promise.resolve());
    await desk(state, { answerOffer });
    await press('a');
    await press('D');
    await press('x');
    expect(answerOffer.mock.calls).toEqual([['Accept'], ['Decline']]);
  });

  it('stands out when it is an emergency', async () => {
    const { page } = await desk({ ...state, offer: offerView({ priority: 'emergency' }) });
    expect(textOf(page.querySelector('.offer-kind'))).toBe('Emergency call');
  });
});

describe('a call', () => {
  const serving = interpreterView({ status: 'onCall', call: 'c-1' });
  const connected = relayingView({ phase: 'connected', legs: relayingView().legs.slice(0, 2) });

  it('dials the number of the caller with one click, or another one', async () => {
    const dial = vi.fn(() => Promise.resolve());
    const { page } = await desk({ interpreter: serving, callerLeg: 'on', call: connected }, { dial });
    await click(button(page, 'Dial'));
    await type(page.querySelector('#number'), '+15550202');
    await click(button(page, 'Dial'));
    expect(dial.mock.calls).toEqual([['+15550201'], ['+15550202']]);
  });

  it('says that the other party was busy, and lets her dial again', async () => {
    const { page } = await desk({ interpreter: serving, callerLeg: 'on', call: { ...connected, calleeStatus: 486 } });
    expect(textOf(page)).toContain('The line is busy.');
    expect(button(page, 'Dial').disabled).toBe(false);
  });

  it('shows both legs side by side with their states', async () => {
    const { page } = await desk({ interpreter: serving, callerLeg: 'on', calleeLeg: 'on', call: relayingView() });
    expect([...page.querySelectorAll('.leg .pill')].map(textOf)).toEqual(['connected', 'connected']);
    expect(button(page, 'Hang up this party')).toBeDefined();
  });

  it('shows a leg whose device is away', async () => {
    const legs = relayingView().legs.map(leg => (leg.number === 1 ? { ...leg, state: 'interrupted' as const } : leg));
    const { page } = await desk({
      interpreter: serving,
      callerLeg: 'on',
      calleeLeg: 'on',
      call: relayingView({ legs }),
    });
    expect(textOf(page.querySelector('.leg .pill'))).toContain('interrupted');
  });

  it('mutes, and ends with one button', async () => {
    const setMuted = vi.fn();
    const hangUpCall = vi.fn(() => Promise.resolve());
    const { page } = await desk({ interpreter: serving, callerLeg: 'on', call: connected }, { setMuted, hangUpCall });
    await click(button(page, 'Mute'));
    await click(button(page, 'End the call'));
    expect(setMuted).toHaveBeenCalledWith(true);
    expect(hangUpCall).toHaveBeenCalled();
  });
});
