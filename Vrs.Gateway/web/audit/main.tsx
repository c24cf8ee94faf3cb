import { questionFrom, utcDay } from '../shared/model/audit';
import { openPage } from '../shared/page';
import { mount } from '../shared/ui/mount';
import { AuditPage } from './auditPage';

const page = openPage(['auditor', 'operator'], '/hubs/operations');

if (page !== null) {
  const { api, keeper, session, signOut } = page;
  mount(
    <AuditPage
      first={questionFrom(window.location.search, utcDay(Date.now()))}
      session={session}
      ask={async (question, before) => api.audit(await keeper.token(), question, before)}
      onSignOut={() => void signOut()}
    />,
  );
}
