// Line icons on a 24 x 24 grid. They decorate words that are always there too, so they are hidden from readers.
const paths = {
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1z',
  hangUp: 'M3 14c5-5 13-5 18 0l-2 3-4-1.5V13a12 12 0 0 0-6 0v2.5L5 17z',
  video: 'M4 7h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm11 4 6-3.5v9L15 13z',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0m-6 6v4',
  micOff:
    'M9 5.5A3 3 0 0 1 15 6v5m-1.2 2.4A3 3 0 0 1 9 11V9m-3 2a6 6 0 0 0 9.5 4.9M18 11a6 6 0 0 1-.4 2.2M12 17v4M4 3l16 18',
  user: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20a8 8 0 0 1 16 0',
  hands:
    'M7 12V6.5a1.5 1.5 0 0 1 3 0V11m0-1V4.5a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v6m0-3a1.5 1.5 0 0 1 3 0v5a6.5 6.5 0 0 1-6.5 6.5c-3 0-4.6-1.4-6-3.6L4 13.6a1.5 1.5 0 0 1 2.5-1.6L8 14',
  ear: 'M7 10a5 5 0 0 1 10 0c0 3-3 4-3 7a3 3 0 0 1-5.5 1.6M10 10a2 2 0 0 1 4 0c0 1.5-1.5 2-1.5 3.5',
  warning: 'M12 4 2.5 20h19zM12 10v4m0 3v.2',
  info: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 8v6m0-9.2V8',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'm6 6 12 12M18 6 6 18',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0-6v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4m11.2 11.2L19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  signOut: 'M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5m5-4 4-4-4-4m4 4H9',
  erase: 'M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7zm3.5 4.5 5 5m0-5-5 5',
  settings: 'M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7z',
  keypad: 'M6 6h.1M12 6h.1M18 6h.1M6 12h.1M12 12h.1M18 12h.1M6 18h.1M12 18h.1M18 18h.1',
  plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0zm6 9v4',
  swap: 'M4 8h13m-3-4 4 4-4 4M20 16H7m3-4-4 4 4 4',
  people:
    'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 19a6.5 6.5 0 0 1 13 0M16 5.5a3.3 3.3 0 0 1 0 6.3m2 1.7a6.5 6.5 0 0 1 3.5 5.5',
  expand: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark: three people, joined through the one in the middle. */
export function BrandMark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="brand-tile" width="32" height="32" rx="9" />
      <path class="brand-line" d="M8 20 16 11l8 9" />
      <circle class="brand-dot" cx="8" cy="20" r="3.6" />
      <circle class="brand-dot" cx="16" cy="11" r="4.2" />
      <circle class="brand-dot" cx="24" cy="20" r="3.6" />
    </svg>
  );
}
