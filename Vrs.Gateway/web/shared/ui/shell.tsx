import type { ComponentChildren } from 'preact';
import type { HubState } from '../hub';
import type { Session } from '../session';
import type { LineState } from '../sip/sipPhone';
import { formatNumber } from '../model/number';
import { BrandMark, Icon } from './icons';
import { ThemeToggle } from './theme';

interface TopBarProps {
  session: Session;
  onSignOut: () => void;
  children?: ComponentChildren;
}

/** The header of a signed-in page: brand, state of the line, who is signed in. */
export function TopBar({ session, onSignOut, children }: TopBarProps) {
  return (
    <header class="topbar">
      <span class="brand">
        <BrandMark />
        <span class="brand-name">Relay</span>
      </span>
      {children}
      <div class="topbar-who">
        <strong>{session.displayName}</strong>
        <span>{session.number === null ? session.user : formatNumber(session.number)}</span>
      </div>
      <ThemeToggle />
      <button type="button" class="button button-quiet button-icon" onClick={onSignOut} title="Sign out">
        <Icon name="signOut" />
        <span class="sr-only">Sign out</span>
      </button>
    </header>
  );
}

/** Whether calls can come and go now, in one word. */
export function LinePill({ line, hub }: { line: LineState; hub: HubState }) {
  if (line === 'ready' && hub === 'up') {
    return <span class="pill pill-good">Online</span>;
  }
  return line === 'down' || hub === 'down' || line === 'refused' ? (
    <span class="pill pill-warn">Offline</span>
  ) : (
    <span class="pill pill-busy">Connecting</span>
  );
}

/** Says that the connection is lost, that it comes back by itself, and what that means for a call. */
export function ConnectionBanner({ lost, inCall }: { lost: boolean; inCall: boolean }) {
  return (
    <div role="status" aria-live="polite">
      {lost && (
        <div class="banner">
          <Icon name="plug" />
          <p>
            <strong>Connection lost.</strong> This page is reconnecting by itself.
            {inCall && ' Your call goes on; stay on this page.'}
          </p>
        </div>
      )}
    </div>
  );
}

interface NoticeProps {
  kind?: 'info' | 'warn' | 'danger';
  title: string;
  children?: ComponentChildren;
}

export function Notice({ kind = 'info', title, children }: NoticeProps) {
  return (
    <div class={kind === 'info' ? 'notice' : `notice notice-${kind}`} role={kind === 'danger' ? 'alert' : undefined}>
      <Icon name={kind === 'info' ? 'info' : 'warning'} />
      <div class="notice-text stack stack-tight">
        <p>
          <strong>{title}</strong>
        </p>
        {children}
      </div>
    </div>
  );
}
