import type { CallView, ColleagueOutcome, ColleagueView } from '../shared/contracts';
import { Icon } from '../shared/ui/icons';
import { Notice } from '../shared/ui/shell';
import type { InterpreterConsole } from './console';

interface ColleaguePanelProps {
  console: InterpreterConsole;
  view: CallView;
}

/** A second interpreter, as the one who serves the call sees it: asked for, looked for, there. */
export function ColleaguePanel({ console, view }: ColleaguePanelProps) {
  if (!['connected', 'dialing', 'relaying'].includes(view.phase)) {
    return null;
  }
  const { colleague } = view;
  const outcome = outcomeTexts[view.colleagueOutcome];
  return (
    <section class="card leg stack" aria-label="Colleague">
      <div role="status" aria-live="polite">
        {colleague !== null && <p>{stageText(colleague)}</p>}
        {colleague === null && outcome !== '' && <p>{outcome}</p>}
        {colleague?.early === true && <Notice kind="warn" title={earlyText} />}
      </div>
      {colleague === null ? (
        <Wishes console={console} view={view} />
      ) : (
        <Ways console={console} view={view} colleague={colleague} />
      )}
    </section>
  );
}

const earlyText = 'Your minimum stay with this call is not over yet. The request is noted in the record of the call.';

function stageText({ purpose, stage, name }: ColleagueView): string {
  const who = name ?? 'A colleague';
  const relieves = purpose === 'relief';
  switch (stage) {
    case 'sought':
      return relieves ? 'Looking for a colleague to take over…' : 'Looking for a colleague to support you…';
    case 'asked':
      return relieves ? 'Asking a colleague to take over…' : 'Asking a colleague to support you…';
    case 'joining':
      return `${who} is joining. Please go on.`;
    case 'joined':
      return relieves ? `${who} is taking over. Please go on until your picture closes.` : `${who} supports you.`;
  }
}

const outcomeTexts: Record<ColleagueOutcome, string> = {
  none: '',
  nobodyCame: 'No colleague came. You stay with the call.',
  tookOver: '',
  left: 'Your colleague has left.',
  lost: 'Your colleague’s connection was lost.',
  dismissed: '',
};

function Wishes({ console, view }: ColleaguePanelProps) {
  return (
    <div class="button-row">
      <button
        type="button"
        class="button button-quiet"
        onClick={() => void console.tellOfCall('AskForColleague', 'relief')}
      >
        <Icon name="swap" />
        Ask for relief
      </button>
      {(view.direction === 'deafToHearing' || view.phase === 'relaying') && (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => void console.tellOfCall('AskForColleague', 'support')}
        >
          <Icon name="people" />
          Ask for support
        </button>
      )}
    </div>
  );
}

function Ways({ console, view, colleague }: ColleaguePanelProps & { colleague: ColleagueView }) {
  const supports = colleague.purpose === 'support' && colleague.stage === 'joined';
  return (
    <div class="button-row">
      {supports && view.direction === 'deafToHearing' && (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => void console.tellOfCall('AskForColleague', 'relief')}
        >
          <Icon name="swap" />
          Hand the call over
        </button>
      )}
      <button type="button" class="button button-quiet" onClick={() => void console.tellOfCall('DismissColleague')}>
        <Icon name="cross" />
        {supports ? 'End the support' : 'Cancel'}
      </button>
    </div>
  );
}

/** What the call is for a second interpreter herself. */
export function ColleagueHint({ view, part }: { view: CallView; part: 'relief' | 'support' }) {
  const first = view.interpreterName ?? 'your colleague';
  const deaf = view.direction === 'deafToHearing' ? 'caller' : 'Deaf person';
  return (
    <section class="card leg stack" aria-label="Your part">
      <p>
        {part === 'relief'
          ? `You are taking over from ${first}, who stays until you have both sides.`
          : `You support ${first}, who speaks with the other party. The ${deaf} sees you both.`}
      </p>
    </section>
  );
}
