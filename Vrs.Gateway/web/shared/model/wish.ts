import type { CallView, WishView } from '../contracts';
import { clockTime } from './time';
import { whoWords } from './preference';

const who = (wish: WishView) => whoWords(wish.gender, wish.interpreter);

/** Before an interpreter is there: who is looked for, until when, and what happens then. */
export function wishWhileWaiting(view: CallView): string {
  const { wish } = view;
  if (wish?.outcome !== 'open') {
    return '';
  }
  if (view.priority === 'emergency') {
    return 'In an emergency the first free interpreter takes your call.';
  }
  if (wish.nobodyElseUntil === null) {
    return `You asked for ${who(wish)}; if nobody like that is free, another interpreter takes your call.`;
  }
  const until = clockTime(wish.nobodyElseUntil);
  return wish.otherwise === 'keepWaiting'
    ? `You asked for ${who(wish)} and nobody else. We wait until ${until}; then the call ends.`
    : `You asked for ${who(wish)}. We wait until ${until}; then any interpreter may take your call.`;
}

/** With an interpreter there: what became of the wish. */
export function wishOutcome(view: CallView): string {
  const { wish } = view;
  if (wish?.outcome === 'met') {
    return 'This is the interpreter you asked for.';
  }
  if (wish?.outcome !== 'fellBack') {
    return '';
  }
  // Nobody else was agreed to: then only an emergency, or a call that lost its interpreter, is given another.
  return wish.otherwise === 'keepWaiting'
    ? `You asked for ${who(wish)}; this call could not wait.`
    : `You asked for ${who(wish)}, who was not free in time. You had agreed to anyone.`;
}

/** The end of a call for which she wanted nobody else; empty for any other. */
export const wishNotMet = (view: CallView): string =>
  view.wish?.outcome === 'notMet' && view.wish.otherwise === 'keepWaiting'
    ? `You asked for ${who(view.wish)} and nobody else. Nobody like that became free in time.`
    : '';

/** A wish as an operator reads it beside a call: what was asked for, what was agreed to otherwise, and the outcome. */
export function wishForOperators({ wish }: CallView): string {
  if (wish === null) {
    return '';
  }
  const consent = wish.otherwise === 'anyone' ? 'anyone otherwise' : 'nobody else';
  return `${who(wish)}; ${consent}; ${outcomeWords(wish)}`;
}

function outcomeWords(wish: WishView): string {
  switch (wish.outcome) {
    case 'open':
      return wish.nobodyElseUntil === null ? 'still sought' : `kept for them until ${clockTime(wish.nobodyElseUntil)}`;
    case 'met':
      return 'served as wished';
    case 'fellBack':
      return wish.otherwise === 'anyone' ? 'served by another, as agreed' : 'served by another: it could not wait';
    case 'notMet':
      return 'not served';
  }
}
