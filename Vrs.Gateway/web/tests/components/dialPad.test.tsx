import { act } from 'preact/test-utils';
import { render } from 'preact';
import { expect, it, vi } from 'vitest';
import { DialPad } from '../../shared/ui/dialPad';
import { firstPicture } from './rendered';

const pad = (initial: string) => (
  <DialPad label="Number" action="Dial" initial={initial} disabled={false} onDial={vi.fn()} />
);

function inputOf(page: HTMLElement): HTMLInputElement {
  const input = page.querySelector('input');
  if (input === null) {
    throw new Error('The pad has no input.');
  }
  return input;
}

it('keeps what was typed, also before the first effects and when another number is suggested', async () => {
  const page = firstPicture(pad('+15550201'));
  const input = inputOf(page);
  expect(input.value).toBe('+15550201');
  input.value = '+15550202';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await act(() => undefined);
  expect(input.value).toBe('+15550202');
  await act(() => render(pad('+15550203'), page));
  expect(input.value).toBe('+15550202');
});

it('shows the number that is suggested later, as long as nothing was typed', async () => {
  const page = firstPicture(pad(''));
  await act(() => render(pad('+15550203'), page));
  expect(inputOf(page).value).toBe('+15550203');
});
