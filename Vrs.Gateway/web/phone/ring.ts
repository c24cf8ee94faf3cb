// Two tones with pauses, made here so that no sound file is needed. Never the only sign: the page flashes as well.
const toneHz = [440, 480];
const onSeconds = 1.2;
const everyMs = 3_000;

/** Rings until the returned function is called; silent where the browser does not allow sound yet. */
export function startRinging(): () => void {
  const context = new AudioContext();
  const ring = () => {
    const gain = context.createGain();
    gain.gain.value = 0.08;
    gain.connect(context.destination);
    for (const frequency of toneHz) {
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain);
      tone.start();
      tone.stop(context.currentTime + onSeconds);
    }
  };
  ring();
  const timer = setInterval(ring, everyMs);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
