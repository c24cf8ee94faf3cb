/**
 * How long to wait before the next attempt: doubles from the first to the last, with a fifth of jitter so that many
 * pages do not knock on a restarted server in the same instant. Milliseconds.
 */
export function backoffMs(
  attempt: number,
  firstMs: number,
  lastMs: number,
  random: () => number = Math.random,
): number {
  const base = Math.min(lastMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(base * (0.9 + 0.2 * random()));
}
