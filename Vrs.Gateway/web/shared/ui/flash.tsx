import { useEffect, useRef, useState } from 'preact/hooks';

/** A frame of light around the window each time the signal changes (not for the first value). */
export function Flash({ signal }: { signal: string }) {
  const seen = useRef(signal);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (seen.current !== signal) {
      seen.current = signal;
      setCount(count => count + 1);
    }
  }, [signal]);
  return count === 0 ? null : <div key={count} class="flash" aria-hidden="true" />;
}

/** The frame pulses for as long as somebody is calling; the title of the window changes too. */
export function CallFlash({ title }: { title: string }) {
  useEffect(() => {
    const before = document.title;
    document.title = `● ${title}`;
    const timer = setInterval(() => (navigator as Partial<Navigator>).vibrate?.([300, 150, 300]), 2_000);
    return () => {
      clearInterval(timer);
      document.title = before;
    };
  }, [title]);
  return <div class="flash flash-call" aria-hidden="true" />;
}
