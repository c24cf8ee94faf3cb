import { useEffect, useRef, useState } from 'preact/hooks';

interface StageVideoProps {
  stream: MediaStream | null;
  label: string;
  muted?: boolean;
  fit?: 'contain' | 'cover';
  /** A stream's first frame is on the page. */
  onShown?: (stream: MediaStream) => void;
}

/**
 * The other person's picture. When the stream changes (another interpreter took over), the new one plays hidden until
 * its first frame is decoded, and only then takes the place of the old one: no black gap.
 */
export function StageVideo({ stream, label, muted = false, fit = 'contain', onShown }: StageVideoProps) {
  const elements = [useRef<HTMLVideoElement>(null), useRef<HTMLVideoElement>(null)] as const;
  const [shown, setShown] = useState<0 | 1>(0);
  const current = useRef<0 | 1>(0);

  useEffect(() => {
    const showing = elements[current.current].current;
    const next: 0 | 1 = !showing?.srcObject ? current.current : current.current === 0 ? 1 : 0;
    const video = elements[next].current;
    if (stream === null) {
      for (const element of elements) {
        if (element.current !== null) {
          element.current.srcObject = null;
        }
      }
      return;
    }
    if (video === null || showing?.srcObject === stream) {
      return;
    }
    video.srcObject = stream;
    playWithSound(video, muted);
    const swap = () => {
      if (video.srcObject !== stream) {
        return;
      }
      const old = elements[next === 0 ? 1 : 0].current;
      current.current = next;
      setShown(next);
      if (old !== null) {
        old.srcObject = null;
      }
      onShown?.(stream);
    };
    video.requestVideoFrameCallback(swap);
  }, [stream]);

  return (
    <div class="stage-video" data-fit={fit}>
      {elements.map((element, index) => (
        <video
          key={index}
          ref={element}
          data-shown={stream !== null && shown === index}
          aria-label={shown === index ? label : undefined}
          aria-hidden={shown === index ? undefined : 'true'}
          playsInline
        />
      ))}
    </div>
  );
}

// A page nobody has touched yet may not make a sound. The picture must not wait for that: it plays silently, and the
// sound comes with the first touch or key.
function playWithSound(media: HTMLMediaElement, muted: boolean): void {
  media.muted = muted;
  void media.play().catch(() => {
    media.muted = true;
    void media.play().catch(() => undefined);
    const unmute = () => (media.muted = muted);
    window.addEventListener('pointerdown', unmute, { once: true });
    window.addEventListener('keydown', unmute, { once: true });
  });
}

/** One's own picture, mirrored as people expect it, and silent. */
export function SelfVideo({ stream }: { stream: MediaStream | null }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current !== null) {
      element.current.srcObject = stream;
    }
  }, [stream]);
  return <video ref={element} class="self-video" aria-label="Your own picture" autoPlay playsInline muted />;
}

/** Sound without a picture. */
export function CallAudio({ stream, label }: { stream: MediaStream | null; label: string }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (element.current !== null && element.current.srcObject !== stream) {
      element.current.srcObject = stream;
      if (stream !== null) {
        playWithSound(element.current, false);
      }
    }
  }, [stream]);
  return <audio ref={element} aria-label={label} />;
}
