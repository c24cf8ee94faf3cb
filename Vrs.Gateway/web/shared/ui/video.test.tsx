import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { StageVideo } from './video';

/** What waits for the next frame of each element. */
let waiting: Map<HTMLVideoElement, () => void>;
let root: HTMLElement;

beforeEach(() => {
  shown.mockClear();
  waiting = new Map();
  root = document.createElement('div');
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (done) {
    waiting.set(this, () => {
      done(0, {} as VideoFrameCallbackMetadata);
    });
    return waiting.size;
  };
  vi.spyOn(HTMLVideoElement.prototype, 'play').mockResolvedValue();
});

const shown = vi.fn();

const show = (stream: MediaStream | null) =>
  act(() => {
    render(<StageVideo stream={stream} label="Interpreter" onShown={shown} />, root);
  });

const videos = () => [...root.querySelectorAll('video')];

/** The streams of the picture that is seen, and of the one that is not. */
const seen = () => videos().find(video => video.dataset.shown === 'true')?.srcObject ?? null;
const unseen = () => videos().find(video => video.dataset.shown !== 'true')?.srcObject ?? null;

const frameOf = (stream: MediaStream) => [...waiting].find(([video]) => video.srcObject === stream)?.[1];

const decodeFrameOf = (stream: MediaStream) => act(() => frameOf(stream)?.());

test('another interpreter takes the place of the first at her first frame, and the first is let go then', async () => {
  const [first, second] = [new MediaStream(), new MediaStream()];
  await show(first);
  await decodeFrameOf(first);

  await show(second);

  expect(seen()).toBe(first);
  expect(unseen()).toBe(second);
  expect(shown).not.toHaveBeenCalledWith(second);

  await decodeFrameOf(second);

  expect(seen()).toBe(second);
  expect(shown).toHaveBeenCalledWith(second);
  expect(unseen()).toBeNull();
});

test('the first frame of somebody who is gone again changes nothing', async () => {
  const [first, second] = [new MediaStream(), new MediaStream()];
  await show(first);
  await decodeFrameOf(first);
  await show(second);
  const late = frameOf(second);

  await show(null);
  await act(() => late?.());

  expect(videos().map(video => video.srcObject)).toEqual([null, null]);
});
