import { useLayoutEffect, useState } from 'preact/hooks';
import type { OfferView } from '../shared/contracts';
import { formatNumber } from '../shared/model/number';
import { poolWords } from '../shared/model/pool';
import { aboutSeconds, secondsLeft } from '../shared/model/time';
import { CallFlash } from '../shared/ui/flash';
import { Icon } from '../shared/ui/icons';
import { Countdown } from '../shared/ui/time';
import type { InterpreterConsole } from './console';

const priorityWords: Record<OfferView['priority'], string> = {
  emergency: 'Emergency call',
  recovering: 'Call in progress: its interpreter was lost',
  urgent: 'Urgent call',
  standard: 'Call',
};

/** What the call is for whom it is offered to. */
function kindText(offer: OfferView): string {
  const first = offer.colleague ?? 'a colleague';
  switch (offer.purpose) {
    case 'relief':
      return `Relief for ${first}: you take over a call that is under way`;
    case 'support':
      return `Support for ${first}: you join a call that is under way`;
    case null:
      return priorityWords[offer.priority];
  }
}

/** An offered call over the whole screen; A accepts and D declines. */
export function Offer({ offer, console }: { offer: OfferView; console: InterpreterConsole }) {
  const [span] = useState(() => secondsLeft(offer.deadline, Date.now()) ?? 1);
  // Before the offer is painted: whoever sees it can answer it.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey && (key === 'a' || key === 'd')) {
        event.preventDefault();
        void console.answerOffer(key === 'a' ? 'Accept' : 'Decline');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [console, offer.offer]);
  const fromDeaf = offer.direction === 'deafToHearing';
  return (
    <div class="offer" role="alertdialog" aria-modal="true" aria-labelledby="offer-title">
      <CallFlash title={`Offer: ${offer.callerName}`} />
      <div class="card offer-card stack" data-priority={offer.priority}>
        <p class="offer-kind">{kindText(offer)}</p>
        <h1 id="offer-title">{offer.callerName}</h1>
        <p>
          {fromDeaf ? 'Deaf caller' : 'Hearing caller'} to <strong>{formatNumber(offer.dialedNumber)}</strong>,{' '}
          {offer.purpose === null ? 'waited' : 'under way for'}{' '}
          {aboutSeconds(offer.purpose === null ? offer.waitedSeconds : offer.callSeconds)}
        </p>
        <p class="muted">{poolWords(offer.pool)}</p>
        <Countdown deadline={offer.deadline} of={span} label="Time left to answer" />
        <div class="button-row">
          <button
            type="button"
            class="button button-good button-big"
            autoFocus
            onClick={() => void console.answerOffer('Accept')}
          >
            <Icon name="check" />
            Accept <kbd>A</kbd>
          </button>
          <button
            type="button"
            class="button button-quiet button-big"
            onClick={() => void console.answerOffer('Decline')}
          >
            <Icon name="cross" />
            Decline <kbd>D</kbd>
          </button>
        </div>
      </div>
    </div>
  );
}
