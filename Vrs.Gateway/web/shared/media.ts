/** Something that went wrong with a device of this computer, and what to do about it. */
export interface MediaProblem {
  title: string;
  remedy: string;
}

export type MediaKind = 'video' | 'audio';

export type MediaResult =
  { ok: true; stream: MediaStream; missing: MediaKind | null } | { ok: false; problem: MediaProblem };

export type VideoQuality = 'standard' | 'high';

const qualityKey = 'vrs.videoQuality';

export function loadQuality(): VideoQuality {
  return localStorage.getItem(qualityKey) === 'high' ? 'high' : 'standard';
}

export function saveQuality(quality: VideoQuality): void {
  localStorage.setItem(qualityKey, quality);
}

// Signing needs motion more than detail: frame rate first (EN 301 549, 6.5.3 asks for 20 frames a second at least).
function videoConstraints(quality: VideoQuality): MediaTrackConstraints {
  const [width, height] = quality === 'high' ? [1280, 720] : [640, 360];
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 }, facingMode: 'user' };
}

const audioConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

function deviceName(kind: MediaKind): string {
  return kind === 'video' ? 'camera' : 'microphone';
}

const remedies: Record<string, (device: string) => MediaProblem> = {
  NotAllowedError: device => ({
    title: `This page may not use your ${device}`,
    remedy:
      `Click the icon at the left of the address bar, allow the ${device}, and try again. ` +
      `If it is allowed there, allow it for the browser in the privacy settings of your computer.`,
  }),
  NotFoundError: device => ({
    title: `No ${device} was found`,
    remedy: `Plug in a ${device} or switch it on, then try again.`,
  }),
  NotReadableError: device => ({
    title: `Your ${device} is in use or does not respond`,
    remedy: `Close other programs that use the ${device}, unplug it and plug it in again, then try again.`,
  }),
  OverconstrainedError: device => ({
    title: `Your ${device} cannot do what is needed`,
    remedy: `Choose another ${device} in the browser's settings, then try again.`,
  }),
  AbortError: device => ({
    title: `Your ${device} stopped while it was starting`,
    remedy: `Unplug the ${device}, plug it in again, and try again.`,
  }),
  SecurityError: device => ({
    title: `The browser blocks the ${device} on this page`,
    remedy: `Your organization may have switched it off. Ask who looks after your computer, or use another browser.`,
  }),
  TypeError: device => ({
    title: `The browser offers no ${device} on this page`,
    remedy: 'Open this page with an address that begins with https:// and in a current browser.',
  }),
};

/** The plain words for an error of `getUserMedia`, by its name. */
export function mediaProblem(errorName: string, kind: MediaKind): MediaProblem {
  const device = deviceName(kind);
  return (
    remedies[errorName]?.(device) ?? {
      title: `Your ${device} could not be started`,
      remedy: `Try again. If it fails again, restart the browser. (${errorName})`,
    }
  );
}

type GetUserMedia = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

function browserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
  // Absent on a page that was not loaded securely; reported like the TypeError which it stands for.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  return devices === undefined ? Promise.reject(new TypeError('no media devices')) : devices.getUserMedia(constraints);
}

const errorName = (error: unknown) => (error instanceof Error ? error.name : 'Error');

/**
 * Opens the microphone, and the camera if wanted. A camera without a microphone is enough for somebody who signs;
 * a camera that is missing is a problem to be solved first.
 */
export async function openMedia(kind: MediaKind, getUserMedia: GetUserMedia = browserMedia): Promise<MediaResult> {
  if (kind === 'audio') {
    try {
      return { ok: true, stream: await getUserMedia({ audio: audioConstraints }), missing: null };
    } catch (error) {
      return { ok: false, problem: mediaProblem(errorName(error), 'audio') };
    }
  }
  const video = videoConstraints(loadQuality());
  try {
    return { ok: true, stream: await getUserMedia({ audio: audioConstraints, video }), missing: null };
  } catch {
    // The browser does not say which of the two failed: the camera alone will tell.
  }
  try {
    return { ok: true, stream: await getUserMedia({ video }), missing: 'audio' };
  } catch (error) {
    return { ok: false, problem: mediaProblem(errorName(error), 'video') };
  }
}

export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
}

/** A stream of its own tracks, so that muting one leg of a call does not mute the other. */
export function cloneTracks(stream: MediaStream, kinds: readonly MediaKind[]): MediaStream {
  const tracks = stream.getTracks().filter(track => kinds.includes(track.kind as MediaKind));
  return new MediaStream(tracks.map(track => track.clone()));
}

/** Shown when the browser found no way at all into the network, so that a call could only fail silently. */
export const noNetworkPath: MediaProblem = {
  title: 'No way to send video from this network',
  remedy: 'Your network or a browser add-on blocks video calls. Try another network, or switch the add-on off.',
};

export const hasCandidates = (sdp: string) => /^a=candidate:/m.test(sdp);
