import type { CallView } from '../contracts';
import { linkWords, relayPath } from '../model/path';
import { formatNumber } from '../model/number';
import { Icon, type IconName } from './icons';

interface RelayPathProps {
  view: CallView | null;
  /** Shown until the service has told more. */
  dialed: string;
}

/** Three people and the two connections between them: the whole call at a glance. */
export function RelayPath({ view, dialed }: RelayPathProps) {
  const path = relayPath(view);
  const fromDeaf = view?.direction !== 'hearingToDeaf';
  const caller = view?.callerName ?? 'You';
  const interpreter = view?.interpreterName ?? 'Interpreter';
  // The service may know the called party by number only.
  const callee = formatNumber(view?.legs.filter(leg => leg.role === 'callee').at(-1)?.name ?? dialed);
  return (
    <ol class="path" aria-label="Who is connected">
      <Node icon={fromDeaf ? 'user' : 'ear'} name={caller} on />
      <Bar link={path.toInterpreter} text={`${caller} and interpreter`} />
      <Node icon="hands" name={interpreter} on={path.toInterpreter === 'on' || path.toInterpreter === 'held'} />
      <Bar link={path.toCallee} text={`Interpreter and ${callee}`} />
      <Node icon={fromDeaf ? 'ear' : 'user'} name={callee} on={path.toCallee === 'on' || path.toCallee === 'held'} />
    </ol>
  );
}

function Node({ icon, name, on }: { icon: IconName; name: string; on: boolean }) {
  return (
    <li class="path-node" data-on={on}>
      <span class="path-disc">
        <Icon name={icon} />
      </span>
      {name}
    </li>
  );
}

function Bar({ link, text }: { link: keyof typeof linkWords; text: string }) {
  return (
    <li class="path-link" data-link={link}>
      {link === 'held' && (
        <span class="path-held" aria-hidden="true">
          <Icon name="pause" />
        </span>
      )}
      <span class="sr-only">
        {text}: {linkWords[link]}
      </span>
    </li>
  );
}
