import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach } from 'vitest';

let root: HTMLElement | null = null;

afterEach(() => {
  if (root !== null) {
    render(null, root);
    root.remove();
    root = null;
  }
});

function place(): HTMLElement {
  const element = document.createElement('div');
  document.body.append(element);
  root = element;
  return element;
}

/** Renders a page into the document and returns its element. */
export async function rendered(page: ComponentChild): Promise<HTMLElement> {
  const element = place();
  await act(() => render(page, element));
  return element;
}

/** Renders as far as the first picture: what is to happen after it has not happened yet. */
export function firstPicture(page: ComponentChild): HTMLElement {
  const element = place();
  render(page, element);
  return element;
}

export const textOf = (element: Element | null) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';

export function button(element: Element, name: string | RegExp): HTMLButtonElement {
  const found = [...element.querySelectorAll('button')].find(candidate =>
    typeof name === 'string' ? textOf(candidate) === name : name.test(textOf(candidate)),
  );
  if (found === undefined) {
    throw new Error(`There is no button ${String(name)} in: ${textOf(element)}`);
  }
  return found;
}

export const click = (element: HTMLElement) => act(() => element.click());

export const type = (input: Element | null, text: string) =>
  act(() => {
    (input as HTMLInputElement).value = text;
    input?.dispatchEvent(new Event('input', { bubbles: true }));
  });
