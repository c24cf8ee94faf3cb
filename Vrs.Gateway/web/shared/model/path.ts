import type { CallView, LegRole } from '../contracts';

/** One of the two connections of a relay call, as the path picture shows it. */
export type Link = 'off' | 'pending' | 'on' | 'broken';

export interface RelayPath {
  toInterpreter: Link;
  toCallee: Link;
}

const byPhase: Record<CallView['phase'], RelayPath> = {
  new: { toInterpreter: 'pending', toCallee: 'off' },
  received: { toInterpreter: 'pending', toCallee: 'off' },
  queued: { toInterpreter: 'pending', toCallee: 'off' },
  offered: { toInterpreter: 'pending', toCallee: 'off' },
  connecting: { toInterpreter: 'pending', toCallee: 'off' },
  connected: { toInterpreter: 'on', toCallee: 'off' },
  dialing: { toInterpreter: 'on', toCallee: 'pending' },
  relaying: { toInterpreter: 'on', toCallee: 'on' },
  recovering: { toInterpreter: 'broken', toCallee: 'broken' },
  ended: { toInterpreter: 'off', toCallee: 'off' },
};

/** The state of both connections; a leg whose device lost its connection breaks its side. */
export function relayPath(view: CallView | null): RelayPath {
  if (view === null) {
    return byPhase.new;
  }
  const interrupted = (...roles: LegRole[]) =>
    view.legs.some(leg => leg.state === 'interrupted' && roles.includes(leg.role));
  const path = byPhase[view.phase];
  return {
    toInterpreter: interrupted('caller', 'interpreterToCaller') ? 'broken' : path.toInterpreter,
    toCallee: interrupted('callee', 'interpreterToCallee') ? 'broken' : path.toCallee,
  };
}

export const linkWords: Record<Link, string> = {
  off: 'not connected',
  pending: 'connecting',
  on: 'connected',
  broken: 'interrupted',
};
