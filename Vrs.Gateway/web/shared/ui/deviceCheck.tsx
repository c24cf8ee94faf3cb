import { useState } from 'preact/hooks';
import { loadQuality, type MediaProblem, saveQuality, type VideoQuality } from '../media';
import { Icon } from './icons';
import { Notice } from './shell';

interface DeviceProblemProps {
  problem: MediaProblem;
  onRetry: () => void;
}

/** What is wrong with the camera or microphone, what to do about it, and a button to try again. */
export function DeviceProblem({ problem, onRetry }: DeviceProblemProps) {
  return (
    <Notice kind="danger" title={problem.title}>
      <p>{problem.remedy}</p>
      <p>
        <button type="button" class="button button-quiet" onClick={onRetry}>
          Try again
        </button>
      </p>
    </Notice>
  );
}

/** What works on this computer, at a glance. */
export function DeviceList({ stream, wantsVideo }: { stream: MediaStream | null; wantsVideo: boolean }) {
  const camera = stream?.getVideoTracks()[0];
  const microphone = stream?.getAudioTracks()[0];
  return (
    <ul class="device-list">
      {wantsVideo && <DeviceLine name="Camera" track={camera} missing="not started" />}
      <DeviceLine
        name="Microphone"
        track={microphone}
        missing={stream !== null && wantsVideo ? 'none – you can call without one' : 'not started'}
      />
    </ul>
  );
}

function DeviceLine({ name, track, missing }: { name: string; track: MediaStreamTrack | undefined; missing: string }) {
  const works = track?.readyState === 'live';
  return (
    <li data-works={works}>
      <Icon name={works ? 'check' : 'info'} />
      <span>
        <strong>{name}</strong> {works ? track.label || 'works' : missing}
      </span>
    </li>
  );
}

/** How sharp the picture is; takes effect when the camera is started again. */
export function QualityChoice({ onChange }: { onChange: () => void }) {
  const [quality, setQuality] = useState<VideoQuality>(loadQuality());
  const choose = (value: VideoQuality) => {
    saveQuality(value);
    setQuality(value);
    onChange();
  };
  return (
    <div class="field">
      <label for="quality">Picture</label>
      <select id="quality" value={quality} onChange={event => choose(event.currentTarget.value as VideoQuality)}>
        <option value="standard">Smooth – for any connection</option>
        <option value="high">Sharp – for a fast connection</option>
      </select>
    </div>
  );
}
