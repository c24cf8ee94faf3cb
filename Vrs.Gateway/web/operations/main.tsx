import type { BoardView } from '../shared/contracts';
import { initialBoard, reduceBoard } from '../shared/model/board';
import { openPage } from '../shared/page';
import { createStore } from '../shared/store';
import { mount } from '../shared/ui/mount';
import { OperationsPage } from './operationsPage';

const page = openPage(['operator'], '/hubs/operations');

if (page !== null) {
  const { hub, session, signOut } = page;
  const store = createStore(initialBoard, reduceBoard);
  hub.onState(state => store.send({ type: 'hub', hub: state }));
  hub.on('boardChanged', (board: BoardView) => store.send({ type: 'board', board }));
  const ask = async (method: string, ...args: string[]) => {
    const refusal = await hub.ask(method, ...args);
    store.send({ type: 'notice', notice: refusal?.detail ?? null });
  };
  mount(
    <OperationsPage
      store={store}
      session={session}
      onEndCall={call => void ask('EndCall', call)}
      onRelieve={call => void ask('AskForColleague', call, 'relief')}
      onSignOut={() => void signOut()}
    />,
  );
  void hub.start();
}
