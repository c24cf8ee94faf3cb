import { type ComponentChild, render } from 'preact';
import '../styles/all.css';
import { applyTheme } from './theme';

/** Puts a page into the document. */
export function mount(page: ComponentChild): void {
  applyTheme();
  const root = document.getElementById('app');
  if (root === null) {
    throw new Error('The page has no element with the id "app".');
  }
  render(page, root);
}
