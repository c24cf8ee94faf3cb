import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { InterpreterConsole } from '../../interpreter/console';
import { ConsolePage } from '../../interpreter/consolePage';
import type { ConsoleState } from '../../shared/model/console';
import { fakeConsole } from '../fakes';
import { colleagueView, interpreterView, offerView, relayingView, session } from '../samples';
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

describe('a colleague', () => {
  const serving = { interpreter: interpreterView({ status: 'onCall', call: 'c-1' }), callerLeg: 'on' } as const;

  it('is asked for, to take over or to support', async () => {
    const tellOfCall = vi.fn(() => Promise.resolve());
    const { page } = await desk({ ...serving, call: relayingView() }, { tellOfCall });
    await click(button(page, 'Ask for relief'));
    await click(button(page, 'Ask for support'));
    expect(tellOfCall.mock.calls).toEqual([
      ['AskForColleague', 'relief'],
      ['AskForColleague', 'support'],
    ]);
  });

  it('who is sought can be done without, and an early wish is said to be one', async () => {
    const tellOfCall = vi.fn(() => Promise.resolve());
    const call = relayingView({ colleague: colleagueView({ early: true }) });
    const { page } = await desk({ ...serving, call }, { tellOfCall });
    expect(textOf(page)).toContain('Looking for a colleague to take over');
    expect(textOf(page)).toContain('Your minimum stay with this call is not over yet.');
    await click(button(page, 'Cancel'));
    expect(tellOfCall).toHaveBeenCalledWith('DismissColleague');
  });

  it('who did not come is told', async () => {
    const { page } = await desk({ ...serving, call: relayingView({ colleagueOutcome: 'nobodyCame' }) });
    expect(textOf(page)).toContain('No colleague came. You stay with the call.');
  });

  it('who supports sees her part, and no keys to dial with', async () => {
    const colleague = colleagueView({ purpose: 'support', stage: 'joined', interpreter: 'ines' });
    const { page } = await desk({ ...serving, call: relayingView({ colleague, interpreterName: 'Ivan Petrov' }) });
    expect(textOf(page)).toContain('You support Ivan Petrov');
    expect(textOf(page)).not.toContain('Hang up this party');
    expect(button(page, 'Leave the call')).toBeDefined();
  });

  it('is told what an offer is for', async () => {
    const offer = offerView({ purpose: 'relief', colleague: 'Ivan Petrov', callSeconds: 1_380 });
    const { page } = await desk({ interpreter: interpreterView({ status: 'reserved' }), offer });
    expect(textOf(page)).toContain('Relief for Ivan Petrov');
    expect(textOf(page)).toContain('under way for about 23 minutes');
  });
});

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
    expect(takeBreak).toHaveBeenCalledWith('rest', '');
  });

  it('says why she was put on a break, and that a break is due', async () => {
    const rest = await desk({ interpreter: interpreterView({ status: 'break', breakKind: 'missedOffers' }) });
    expect(textOf(rest.page)).toContain('You let several offers pass in a row');
    const due = await desk({ interpreter: interpreterView({ breakDueSince: '2026-03-01T11:58:00Z' }) });
    expect(textOf(due.page)).toContain('worked long without a break');
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

  it('extends wrap-up until it can be no longer', async () => {
    const extendWrapUp = vi.fn(() => Promise.resolve());
    const deadline = new Date(Date.now() + 12_000).toISOString();
    const latestWrapUp = new Date(Date.now() + 60_000).toISOString();
    const wrapUp = interpreterView({ status: 'wrapUp', deadline, latestWrapUp });
    const { page } = await desk({ interpreter: wrapUp }, { extendWrapUp });
    await click(button(page, 'More time'));
    expect(extendWrapUp).toHaveBeenCalledOnce();
    const last = await desk({ interpreter: { ...wrapUp, deadline: latestWrapUp } });
    expect(button(last.page, 'More time').disabled).toBe(true);
  });

  it('rests at a console she left, offers nothing there, and can be taken up again', async () => {
    const signIn = vi.fn(() => Promise.resolve());
    const away = interpreterView({ status: 'reserved', console: 'another' });
    const { page } = await desk({ device: 'this', interpreter: away, offer: offerView() }, { signIn });
    expect(textOf(page)).toContain('signed in at another console');
    expect(page.querySelector('[role=alertdialog]')).toBeNull();
    await click(button(page, 'Work here'));
    expect(signIn).toHaveBeenCalledOnce();
  });

  it('keeps a call that is on it after she signed in at another console', async () => {
    const interpreter = interpreterView({ status: 'onCall', call: 'c-1', console: 'another' });
    const { page } = await desk({ device: 'this', interpreter, callerLeg: 'on', call: relayingView() });
    expect(textOf(page)).toContain('This call goes on here');
    expect(button(page, 'End the call')).not.toBeNull();
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
