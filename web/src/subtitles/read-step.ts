/** One step of reading a file, so that the reader can stop between two. */
import type { Cue } from './cue';

export interface ReadStep {
  cues: Cue[];
  brokenTimes: number;
  longCues: number;
}

export function emptyStep(): ReadStep {
  return { cues: [], brokenTimes: 0, longCues: 0 };
}
