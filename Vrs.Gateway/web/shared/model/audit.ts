/** What somebody looks for in the audit trail; empty is anything. */
export interface AuditQuestion {
  /** A UTC day, e.g. 2026-03-01. */
  day: string;
  /** A session or call ID. */
  call: string;
  actor: string;
  /** An event, or all that begin so: `call.*`. */
  action: string;
}

export const anything: AuditQuestion = { day: '', call: '', actor: '', action: '' };

/** The kinds of events to choose from. */
export const actionChoices: readonly (readonly [action: string, words: string])[] = [
  ['', 'Everything'],
  ['call.*', 'Steps of calls'],
  ['interpreter.*', 'What interpreters did'],
  ['page.*', 'What was asked for on pages'],
  ['sign_in', 'Sign-ins'],
  ['sign_out', 'Sign-outs'],
  ['token', 'Renewed sign-ins'],
  ['sip.*', 'Refused by the gateway'],
  ['audit.*', 'Readings of this trail'],
];

const dayMs = 24 * 60 * 60 * 1000;

/** The UTC day of a time in milliseconds. */
export const utcDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The question that a link asks: `?call=` names a call, whatever the day; without it, that day. */
export function questionFrom(search: string, today: string): AuditQuestion {
  const call = new URLSearchParams(search).get('call') ?? '';
  return call === '' ? { ...anything, day: today } : { ...anything, call };
}

/** The question as the service takes it. */
export function auditQuery(question: AuditQuestion, before: number | null, take: number): string {
  const { day, call, actor, action } = question;
  const asked: Record<string, string> = {
    from: day,
    to: day === '' ? '' : utcDay(Date.parse(day) + dayMs),
    call: call.trim(),
    actor: actor.trim(),
    action,
    before: before === null ? '' : String(before),
    take: String(take),
  };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString();
}

const whole: Record<string, string> = {
  sign_in: 'Signing in',
  sign_out: 'Signing out',
  token: 'Renewing a sign-in',
  'audit.read': 'Reading the audit trail',
  'sip.invite': 'Calling (INVITE)',
};

const kinds: Record<string, string> = { call: 'Call', interpreter: 'Interpreter', page: 'Page', sip: 'SIP' };

/** An event in words: `call.offer_accepted` is “Call: offer accepted”. */
export function actionWords(action: string): string {
  const [kind = '', ...rest] = action.split('.');
  const words = rest.join(' ').replaceAll('_', ' ');
  return whole[action] ?? (words === '' ? action.replaceAll('_', ' ') : `${kinds[kind] ?? kind}: ${words}`);
}

/** A time as the trail has it, without its T and Z: 2026-03-01 12:00:00.250. */
export const auditTime = (at: string) => at.replace('T', ' ').replace('Z', '');
