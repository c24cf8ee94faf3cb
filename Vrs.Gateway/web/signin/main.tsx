import { Api } from '../shared/api';
import { homeOf, loadSession, saveSession, toSession } from '../shared/session';
import { mount } from '../shared/ui/mount';
import { SignInPage } from './signInPage';

const api = new Api();
const session = loadSession();

if (session !== null) {
  window.location.replace(homeOf[session.role]);
} else {
  mount(
    <SignInPage
      api={api}
      expired={window.location.search === '?expired'}
      onSignedIn={answer => {
        saveSession(toSession(answer, Date.now()));
        window.location.assign(homeOf[answer.role]);
      }}
    />,
  );
}
