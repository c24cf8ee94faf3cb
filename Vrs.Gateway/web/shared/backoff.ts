/**
 * How long to wait before the next attempt: the longest wait doubles from the first to the last, and half of it is
 * chance (RFC 5626 section 4.5), so that the pages of a gateway that died do not knock on another one in the same
 * instant. Milliseconds.
 */
export function backoffMs(
  attempt: number,
  firstMs: number,
  lastMs: number,
  random: () => number = Math.random,
): number {
  const base = Math.min(lastMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(base * (0.5 + 0.5 * random()));
}
