import { describe, expect, it, vi } from 'vitest';
import { act } from 'preact/test-utils';
import { PreferencePanel } from '../../caller/preferencePanel';
import { ApiError } from '../../shared/api';
import type { Preference } from '../../shared/contracts';
import { anyone } from '../../shared/model/preference';
import type { Preferences } from '../../shared/page';
import { keptPreference } from '../fakes';
import { button, click, rendered, textOf, type } from './rendered';

const ines: Preference = { ...anyone, interpreter: 'ines', interpreterName: 'Ines Marchetti', waitSeconds: 60 };

async function panel(first: Preference = anyone, methods: Partial<Preferences> = {}): Promise<HTMLElement> {
  const page = await rendered(<PreferencePanel preferences={keptPreference(first, methods)} />);
  await act(() => Promise.resolve());
  return page;
}

const choose = (page: Element, id: string, value: string) =>
  act(() => {
    for (const select of page.querySelectorAll<HTMLSelectElement>(id)) {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });

const check = (page: Element, value: string) =>
  act(() => page.querySelector<HTMLElement>(`input[value=${value}]`)?.click());

const submit = (page: Element) =>
  act(async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await Promise.resolve();
  });

describe('the panel of a preference', () => {
  it('says what holds now, and is saved with an answer of her own', async () => {
    const save = vi.fn((wished: Preference) => Promise.resolve({ ...wished, interpreterName: 'Ines Marchetti' }));
    const page = await panel(anyone, { save });
    expect(textOf(page)).toContain('The next free interpreter takes your calls.');
    await click(button(page, 'Ask for an interpreter'));
    expect(document.activeElement?.id).toBe('preference-gender');
    await type(page.querySelector('#preference-interpreter'), ' 7001 ');
    await choose(page, '#preference-waitSeconds', '120');
    await submit(page);
    expect(save).not.toHaveBeenCalled();
    expect(textOf(page.querySelector('[role=alert]'))).toBe('Choose what shall happen then.');
    expect((document.activeElement as HTMLInputElement).name).toBe('otherwise');
    await check(page, 'wait');
    await submit(page);
    expect(save).toHaveBeenCalledWith({ ...anyone, interpreter: '7001', waitSeconds: 120, otherwise: 'wait' });
    expect(textOf(page.querySelector('[role=status]'))).toContain('Saved.');
    expect(textOf(page)).toContain('Ines Marchetti');
    expect(textOf(document.activeElement)).toBe('Change');
  });

  it('shows why the service refused, and keeps what was filled in', async () => {
    const save = () => Promise.reject(new ApiError(400, 'We know no interpreter “Inez”.'));
    const page = await panel(ines, { save });
    await click(button(page, 'Change'));
    await type(page.querySelector('#preference-interpreter'), 'Inez');
    await submit(page);
    expect(textOf(page.querySelector('[role=alert]'))).toBe('We know no interpreter “Inez”.');
    expect(page.querySelector<HTMLInputElement>('#preference-interpreter')?.value).toBe('Inez');
  });

  it('is removed with one button, and can be left alone', async () => {
    const save = vi.fn((wished: Preference) => Promise.resolve(wished));
    const page = await panel(ines, { save });
    await click(button(page, 'Change'));
    await click(button(page, 'Cancel'));
    expect(textOf(document.activeElement)).toBe('Change');
    expect(save).not.toHaveBeenCalled();
    await click(button(page, 'Remove'));
    await act(() => Promise.resolve());
    expect(save).toHaveBeenCalledWith(anyone);
    expect(textOf(page.querySelector('[role=status]'))).toContain('Anyone may take your next call.');
  });

  it('says that it could not be looked up, and tries again', async () => {
    const load = vi.fn(() => Promise.reject<Preference>(new ApiError(0, 'The service cannot be reached.')));
    const page = await panel(anyone, { load });
    expect(textOf(page)).toContain('The service cannot be reached.');
    await click(button(page, 'Try again'));
    expect(load).toHaveBeenCalledTimes(2);
  });
});
