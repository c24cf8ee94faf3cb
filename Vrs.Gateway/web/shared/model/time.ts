/** Minutes and seconds since a time, e.g. 0:07 or 1:02:30. */
export function elapsed(sinceMs: number, nowMs: number): string {
  const total = Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const padded = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}

/** Whole seconds until a time, never below zero. */
export function secondsLeft(deadline: string | null, nowMs: number): number | null {
  return deadline === null ? null : Math.max(0, Math.ceil((Date.parse(deadline) - nowMs) / 1000));
}

/** A time of day as people here write it, e.g. 14:05. */
export const clockTime = (time: string) =>
  new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** An estimate in words, rounded as people would say it. */
export function aboutSeconds(seconds: number): string {
  if (seconds < 20) {
    return 'a few seconds';
  }
  if (seconds < 90) {
    return 'about a minute';
  }
  return `about ${Math.round(seconds / 60)} minutes`;
}
