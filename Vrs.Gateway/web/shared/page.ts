import { Api, ApiError } from './api';
import type { Preference, Role } from './contracts';
import { Hub } from './hub';
import { homeOf, loadSession, saveSession, type Session, TokenKeeper } from './session';

/** A caller's standing preference, where it is kept. */
export interface Preferences {
  load: () => Promise<Preference>;
  /** Answers with what was kept; refuses with a sentence fit to show. */
  save: (preference: Preference) => Promise<Preference>;
}

/** What every page of a signed-in person is built on. */
export interface PageContext {
  api: Api;
  keeper: TokenKeeper;
  session: Session;
  hub: Hub;
  /** Fresh TURN servers for a call that starts; none where they could not be had, as a direct path may still do. */
  iceServers: () => Promise<RTCIceServer[]>;
  preferences: Preferences;
  signOut: () => Promise<void>;
}

function toSignIn(reason: 'needed' | 'expired'): void {
  saveSession(null);
  window.location.replace(reason === 'expired' ? '/?expired' : '/');
}

/** The context of a page that is for some roles; null when the browser was sent to another page instead. */
export function openPage(roles: readonly Role[], hubPath: string): PageContext | null {
  const session = loadSession();
  if (session === null) {
    toSignIn('needed');
    return null;
  }
  if (!roles.includes(session.role)) {
    window.location.replace(homeOf[session.role]);
    return null;
  }
  const api = new Api();
  const keeper = new TokenKeeper({ api, session, save: saveSession, onExpired: () => toSignIn('expired') });
  keeper.start();
  const hub = new Hub(hubPath, keeper);
  return {
    api,
    keeper,
    session,
    hub,
    iceServers: () =>
      keeper
        .token()
        .then(token => api.iceServers(token))
        .catch(() => []),
    preferences: {
      load: async () => api.preference(await keeper.token()),
      save: async preference => api.setPreference(await keeper.token(), preference),
    },
    signOut: async () => {
      const { accessToken, refreshToken } = keeper.current;
      keeper.stop();
      await api.signOut(accessToken, refreshToken).catch((error: unknown) => {
        // Signing out works without the server: the tokens are forgotten here and run out there.
        if (!(error instanceof ApiError)) {
          throw error;
        }
      });
      toSignIn('needed');
    },
  };
}
