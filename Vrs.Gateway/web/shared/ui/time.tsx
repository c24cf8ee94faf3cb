import { useEffect, useState } from 'preact/hooks';
import { elapsed, secondsLeft } from '../model/time';

/** The present, renewed often enough for a clock that shows seconds. */
export function useNow(everyMs = 250): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function Elapsed({ since }: { since: string | number }) {
  const now = useNow();
  return <span class="numbers">{elapsed(typeof since === 'number' ? since : Date.parse(since), now)}</span>;
}

interface CountdownProps {
  deadline: string;
  /** Length of the whole span in seconds, for the bar. */
  of: number;
  label: string;
}

/** Seconds that are left, as a number and as a bar. */
export function Countdown({ deadline, of, label }: CountdownProps) {
  const left = secondsLeft(deadline, useNow()) ?? 0;
  return (
    <span class="countdown">
      <progress max={of} value={Math.min(of, left)} aria-label={label} />
      <span class="numbers">{left} s</span>
    </span>
  );
}
