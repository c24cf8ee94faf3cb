import { openPage } from '../shared/page';
import { mount } from '../shared/ui/mount';
import { InterpreterConsole } from './console';
import { ConsolePage } from './consolePage';
import { takeSeat } from './seat';

const page = openPage(['interpreter'], '/hubs/console');

if (page !== null) {
  const console = new InterpreterConsole(page.hub, page.keeper, page.iceServers, takeSeat());
  mount(<ConsolePage console={console} session={page.session} onSignOut={() => void page.signOut()} />);
  console.start();
  void page.hub.start();
}
