import type { CallView, HoldView, LegRole } from '../contracts';
import type { CallText } from './callText';

/** Who holds whom on one SIP session, as this page knows it. */
export interface Holding {
  mine: boolean;
  theirs: boolean;
}

export const nobodyHolds: Holding = { mine: false, theirs: false };

/** Whether media stands still, whoever wanted it. */
export function isHeld(holding: Holding): boolean {
  return holding.mine || holding.theirs;
}

/** The hold of the party with this role, or null. */
export function holdOf(view: CallView | null, role: LegRole): HoldView | null {
  return view?.legs.filter(leg => leg.role === role && !leg.colleague).at(-1)?.hold ?? null;
}

/** What a page says while its call is on hold. */
export function holdText(holding: Holding, other: string): CallText | null {
  if (holding.theirs) {
    return {
      title: 'On hold',
      detail: `${other} has put you on hold and will come back. Nobody sees or hears you meanwhile.`,
      tone: 'warn',
    };
  }
  return holding.mine
    ? { title: 'On hold', detail: `You have put ${other} on hold. Resume to go on.`, tone: 'warn' }
    : null;
}
