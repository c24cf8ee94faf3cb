import type { BoardView, CallPhase, CallView, InterpreterStatus } from '../contracts';
import type { HubState } from '../hub';

export interface BoardState {
  hub: HubState;
  board: BoardView | null;
  notice: string | null;
}

export type BoardEvent =
  { type: 'hub'; hub: HubState } | { type: 'board'; board: BoardView } | { type: 'notice'; notice: string | null };

export const initialBoard: BoardState = { hub: 'connecting', board: null, notice: null };

export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
  switch (event.type) {
    case 'hub':
      // After a restart the server may count versions from the start again: the next board is taken as it is.
      return event.hub === 'up' && state.board !== null
        ? { ...state, hub: event.hub, board: { ...state.board, version: 0 } }
        : { ...state, hub: event.hub };
    case 'board':
      return state.board !== null && event.board.version < state.board.version
        ? state
        : { ...state, board: event.board };
    case 'notice':
      return { ...state, notice: event.notice };
  }
}

/** The columns in which live calls stand, in the order in which a call passes them. */
export const phaseGroups: readonly { title: string; phases: readonly CallPhase[] }[] = [
  { title: 'Waiting', phases: ['new', 'received', 'queued', 'offered'] },
  { title: 'Connecting', phases: ['connecting', 'connected', 'dialing'] },
  { title: 'Relaying', phases: ['relaying'] },
  { title: 'Recovering', phases: ['recovering'] },
];

export function countByGroup(calls: readonly CallView[]): { title: string; count: number }[] {
  return phaseGroups.map(group => ({
    title: group.title,
    count: calls.filter(call => group.phases.includes(call.phase)).length,
  }));
}

export const phaseWords: Record<CallPhase, string> = {
  new: 'new',
  received: 'received',
  queued: 'waiting in line',
  offered: 'being offered',
  connecting: 'interpreter joining',
  connected: 'with interpreter',
  dialing: 'dialing',
  relaying: 'relaying',
  recovering: 'interpreter lost',
  ended: 'ended',
};

export const statusWords: Record<InterpreterStatus, string> = {
  signedOut: 'not at work',
  available: 'ready',
  reserved: 'being asked',
  onCall: 'on a call',
  wrapUp: 'wrapping up',
  break: 'on a break',
  lost: 'connection lost',
};
