import { expect, it } from 'vitest';
import { boardView } from '../../tests/samples';
import { type BoardEvent, countByGroup, initialBoard, reduceBoard } from './board';

const after = (...events: BoardEvent[]) => events.reduce(reduceBoard, initialBoard);

it('drops a board that was overtaken', () => {
  const state = after(
    { type: 'board', board: boardView({ version: 5 }) },
    { type: 'board', board: boardView({ version: 4, calls: [] }) },
  );
  expect(state.board?.calls).toHaveLength(2);
});

it('takes the first board of a new connection as it is', () => {
  const state = after(
    { type: 'board', board: boardView({ version: 900 }) },
    { type: 'hub', hub: 'down' },
    { type: 'hub', hub: 'up' },
    { type: 'board', board: boardView({ version: 1, calls: [] }) },
  );
  expect(state.board?.calls).toHaveLength(0);
});

it('counts live calls by where they stand', () => {
  expect(countByGroup(boardView().calls)).toEqual([
    { title: 'Waiting', count: 1 },
    { title: 'Connecting', count: 0 },
    { title: 'Relaying', count: 1 },
    { title: 'Recovering', count: 0 },
  ]);
});
