import type { InterpreterConsole } from '../interpreter/console';
import type { ConsoleStreams } from '../interpreter/legMedia';
import type { BoardView, Preference } from '../shared/contracts';
import type { Handset, HandsetStreams } from '../shared/handset';
import { initialBoard, reduceBoard } from '../shared/model/board';
import { type ConsoleState, initialConsole, reduceConsole } from '../shared/model/console';
import { type HandsetState, initialHandset, reduceHandset } from '../shared/model/handset';
import { anyone } from '../shared/model/preference';
import type { Preferences } from '../shared/page';
import { createStore } from '../shared/store';

const keep = <S>(state: S) => state;
const nothing = () => undefined;
const never = () => Promise.resolve();

/** A handset that stays in one state; what a page asks of it can be replaced and watched. */
export function fakeHandset(
  state: Partial<HandsetState> = {},
  streams: HandsetStreams = { local: null, remote: null, second: null },
  methods: Partial<Handset> = {},
): Handset {
  const base = {
    store: createStore({ ...initialHandset, ...state }, reduceHandset),
    streams: createStore(streams, keep),
    prepare: () => Promise.resolve(null),
    release: nothing,
    dial: never,
    answer: never,
    decline: nothing,
    hangUp: nothing,
    sendKey: nothing,
    hold: nothing,
    requestCallback: never,
    cancelCallback: never,
    shows: nothing,
    dismiss: nothing,
  };
  return { ...base, ...methods } as unknown as Handset;
}

/** A standing preference that is kept as it is sent. */
export function keptPreference(first: Preference = anyone, methods: Partial<Preferences> = {}): Preferences {
  return { load: () => Promise.resolve(first), save: preference => Promise.resolve(preference), ...methods };
}

/** An interpreter's console that stays in one state. */
export function fakeConsole(
  state: Partial<ConsoleState> = {},
  streams: ConsoleStreams = { local: null, caller: null, callee: null },
  methods: Partial<InterpreterConsole> = {},
): InterpreterConsole {
  const base = {
    store: createStore({ ...initialConsole, ...state }, reduceConsole),
    streams: createStore(streams, keep),
    prepare: () => Promise.resolve(null),
    signIn: never,
    signOut: never,
    goAvailable: never,
    takeBreak: never,
    extendWrapUp: never,
    answerOffer: never,
    dial: never,
    hangUpCallee: nothing,
    tellOfCall: never,
    hangUpCall: never,
    setMuted: nothing,
    hold: nothing,
    sendKey: nothing,
  };
  return { ...base, ...methods } as unknown as InterpreterConsole;
}

export function boardStore(board: BoardView | null) {
  return createStore({ ...initialBoard, hub: 'up' as const, board }, reduceBoard);
}
