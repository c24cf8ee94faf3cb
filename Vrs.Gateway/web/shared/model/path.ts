import type { CallView, LegRole } from '../contracts';
import { holdOf } from './hold';

/** One of the two connections of a relay call, as the path picture shows it. */
export type Link = 'off' | 'pending' | 'on' | 'held' | 'broken';

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
    view.legs.some(leg => leg.state === 'interrupted' && !leg.colleague && roles.includes(leg.role));
  const path = byPhase[view.phase];
  const link = (usual: Link, ...roles: LegRole[]): Link => {
    const held = usual === 'on' && roles.some(role => holdOf(view, role) !== null);
    return interrupted(...roles) ? 'broken' : held ? 'held' : usual;
  };
  return {
    toInterpreter: link(path.toInterpreter, 'caller', 'interpreterToCaller'),
    toCallee: link(path.toCallee, 'callee', 'interpreterToCallee'),
  };
}

export const linkWords: Record<Link, string> = {
  off: 'not connected',
  pending: 'connecting',
  on: 'connected',
  held: 'on hold',
  broken: 'interrupted',
};
