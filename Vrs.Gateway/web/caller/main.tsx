import { Handset } from '../shared/handset';
import { openPage } from '../shared/page';
import { mount } from '../shared/ui/mount';
import { CallerPage } from './callerPage';

const page = openPage(['caller'], '/hubs/console');

if (page !== null) {
  const handset = new Handset({ kind: 'video', keeper: page.keeper, hub: page.hub, iceServers: page.iceServers });
  mount(
    <CallerPage
      handset={handset}
      session={page.session}
      preferences={page.preferences}
      onSignOut={() => void page.signOut()}
    />,
  );
  handset.start();
  void page.hub.start();
}
