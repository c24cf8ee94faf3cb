import { describe, expect, it } from 'vitest';
import { actionWords, anything, auditQuery, questionFrom } from './audit';

describe('the question to the audit trail', () => {
  it('asks for a day from its beginning to the next, also across years', () => {
    expect(auditQuery({ ...anything, day: '2026-12-31' }, null, 50)).toBe('from=2026-12-31&to=2027-01-01&take=50');
  });

  it('names only what is looked for', () => {
    const question = { day: '', call: ' 5e55 ', actor: 'dana', action: 'call.*' };
    expect(auditQuery(question, 17, 50)).toBe('call=5e55&actor=dana&action=call.*&before=17&take=50');
  });

  it('begins with today, or with the call that a link names', () => {
    expect(questionFrom('', '2026-03-01')).toEqual({ ...anything, day: '2026-03-01' });
    expect(questionFrom('?call=5e55', '2026-03-01')).toEqual({ ...anything, call: '5e55' });
  });
});

describe('an event in words', () => {
  it.each([
    ['call.offer_accepted', 'Call: offer accepted'],
    ['page.end_call', 'Page: end call'],
    ['interpreter.accept', 'Interpreter: accept'],
    ['sign_in', 'Signing in'],
    ['audit.read', 'Reading the audit trail'],
    ['erased', 'erased'],
  ])('%s is “%s”', (action, words) => expect(actionWords(action)).toBe(words));
});
