/** Calls a function often enough that a cue is shown within a tenth of a second, and at each new frame of a film. */

/** Interval where the player shows no frames of its own, and for films with few frames, ms. */
const TICK_MS = 40;

/** @param video the film's element; null when the player is in a frame */
export function startCueTicker(video: HTMLVideoElement | null, run: () => void): () => void {
  const timer = window.setInterval(run, TICK_MS);
  let frame = 0;
  const onFrame = () => {
    run();
    frame = video!.requestVideoFrameCallback(onFrame);
  };
  const hasFrames = video !== null && 'requestVideoFrameCallback' in video;
  if (hasFrames) frame = video.requestVideoFrameCallback(onFrame);
  run();
  return () => {
    window.clearInterval(timer);
    if (hasFrames) video.cancelVideoFrameCallback(frame);
  };
}
