import type { BreakKind, InterpreterView } from '../contracts';

export const breakWords: Record<BreakKind, string> = {
  rest: 'Short break',
  meal: 'Meal',
  meeting: 'Meeting',
  training: 'Training',
  technical: 'Technical problem',
  other: 'Something else',
  missedOffers: 'Missed offers',
};

/** The reasons an interpreter can give, in the order in which they are listed. */
export const ownBreakKinds: readonly BreakKind[] = ['rest', 'meal', 'meeting', 'training', 'technical', 'other'];

/** The server takes no longer note. */
export const breakNoteLength = 100;

/** Why she is on a break, in a few words; empty when nothing is known. */
export function breakText(view: InterpreterView): string {
  return [view.breakKind === null ? '' : breakWords[view.breakKind], view.breakReason ?? '']
    .filter(text => text !== '')
    .join(', ');
}
