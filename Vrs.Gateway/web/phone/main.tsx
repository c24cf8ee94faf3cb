import { Handset } from '../shared/handset';
import { openPage } from '../shared/page';
import { mount } from '../shared/ui/mount';
import { PhonePage } from './phonePage';

const page = openPage(['phone'], '/hubs/console');

if (page !== null) {
  const handset = new Handset({ kind: 'audio', keeper: page.keeper, hub: page.hub, iceServers: page.iceServers });
  mount(<PhonePage handset={handset} session={page.session} onSignOut={() => void page.signOut()} />);
  handset.start();
  void page.hub.start();
}
