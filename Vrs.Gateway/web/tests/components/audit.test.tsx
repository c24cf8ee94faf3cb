import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { AuditPage } from '../../audit/auditPage';
import { ApiError } from '../../shared/api';
import type { AuditAnswer } from '../../shared/contracts';
import { anything, type AuditQuestion } from '../../shared/model/audit';
import { homeOf } from '../../shared/session';
import { auditEntry, session } from '../samples';
import { button, click, rendered, textOf, type } from './rendered';

type Ask = (question: AuditQuestion, before: number | null) => Promise<AuditAnswer>;

const today = { ...anything, day: '2026-03-01' };
const answer = (changes: Partial<AuditAnswer> = {}): AuditAnswer => ({
  events: [auditEntry()],
  before: null,
  ...changes,
});

async function trail(ask: Ask, role: 'auditor' | 'operator' = 'auditor') {
  const page = await rendered(<AuditPage first={today} session={session({ role })} ask={ask} onSignOut={vi.fn()} />);
  await act(() => Promise.resolve());
  return page;
}

describe('the audit trail', () => {
  it('is where an auditor works, and tells who did what with what outcome', async () => {
    expect(homeOf.auditor).toBe('/audit/');
    const page = await trail(() => Promise.resolve(answer()));
    expect(textOf(page.querySelector('tbody tr'))).toContain('ines interpreterCall: offer accepteddone');
    expect(textOf(page.querySelector('[role=status]'))).toBe('Page 1: 1 event, newest first.');
    expect(page.querySelector('a')).toBeNull();
  });

  it('asks for what the form says', async () => {
    const ask = vi.fn<Ask>(() => Promise.resolve(answer()));
    const page = await trail(ask);
    await type(page.querySelector('#audit-actor'), 'olga');
    await click(button(page, 'Search'));
    expect(ask.mock.calls).toEqual([
      [today, null],
      [{ ...today, actor: 'olga' }, null],
    ]);
  });

  it('turns pages back and forth', async () => {
    const ask = vi.fn<Ask>((_, before) => Promise.resolve(answer({ before: before === null ? 7 : null })));
    const page = await trail(ask);
    await click(button(page, 'Older'));
    await act(() => Promise.resolve());
    expect(button(page, 'Older').disabled).toBe(true);
    await click(button(page, 'Newer'));
    expect(ask.mock.calls.map(([, before]) => before)).toEqual([null, 7, null]);
  });

  it('shows the rest of a call at one press', async () => {
    const ask = vi.fn<Ask>(() => Promise.resolve(answer()));
    const page = await trail(ask);
    await click(button(page, /^5d1a/));
    expect(ask).toHaveBeenLastCalledWith({ ...anything, call: auditEntry().session }, null);
  });

  it('says in the service’s words why there is no answer, and when there is nothing', async () => {
    const refused = await trail(() => Promise.reject(new ApiError(403, 'This is for auditors.')));
    expect(textOf(refused.querySelector('[role=alert]'))).toBe('This is for auditors.');
  });

  it('leads an operator back, and says when nothing is on record', async () => {
    const page = await trail(() => Promise.resolve(answer({ events: [] })), 'operator');
    expect(textOf(page)).toContain('Nothing of the kind is on record.');
    expect(page.querySelector('a')?.getAttribute('href')).toBe('/operations/');
  });
});
