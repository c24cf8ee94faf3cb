import { useState } from 'preact/hooks';
import { Icon } from './icons';

type Theme = 'light' | 'dark';

const themeKey = 'vrs.theme';

function chosenTheme(): Theme | null {
  const stored = localStorage.getItem(themeKey);
  return stored === 'light' || stored === 'dark' ? stored : null;
}

const systemTheme = (): Theme => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Puts the theme that was chosen earlier on the page; without a choice the system's wish holds. */
export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme !== null) {
    document.documentElement.dataset.theme = theme;
  }
}

export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(chosenTheme() ?? systemTheme());
  const other = theme === 'dark' ? 'light' : 'dark';
  const toggle = () => {
    localStorage.setItem(themeKey, other);
    document.documentElement.dataset.theme = other;
    setTheme(other);
  };
  return (
    <button type="button" class="button button-quiet button-icon" onClick={toggle} title={`Use ${other} colours`}>
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      <span class="sr-only">Use {other} colours</span>
    </button>
  );
}
