/** Errors of YouTube's player as messages for the viewer. Loaded with that player. */
import type { MediaProblem } from './player';

/** Returns the message for an error code of the YouTube IFrame API. */
export function youtubeProblem(code: number): MediaProblem {
  if (code === 100) return { title: 'YouTube says this video is gone or private.', hint: 'Try another link.' };
  if (code === 101 || code === 150) {
    return {
      title: 'The owner does not allow this video outside YouTube.',
      hint: 'Another upload of it may be allowed.',
    };
  }
  if (code === 2) return { title: 'YouTube does not know this link.', hint: 'Copy the link from the video’s own page.' };
  return { title: 'YouTube cannot play this video here.', hint: 'Try again in a moment, or another link.' };
}
