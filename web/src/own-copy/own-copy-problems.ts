/** Why a file cannot be a copy of a film, as messages for the viewer: what is wrong, and what to try. */
import type { MediaProblem } from '../media/player';

const PLAYS_EVERYWHERE = 'An .mp4 with H.264 video and AAC sound plays nearly everywhere; programs such as HandBrake make one.';
/** Containers that browsers do not open, as a viewer knows them. */
const CONTAINERS = /\.(mkv|avi|wmv|flv|mpe?g|ts|m2ts|mts|vob|divx|rmvb|wma)$/i;

/** Returns the message about a file that the browser does not open. */
export function notPlayable(name: string): MediaProblem {
  const ending = CONTAINERS.exec(name)?.[0].toLowerCase();
  return {
    title: `This browser cannot play ${name}.`,
    hint: `${ending === undefined ? 'Its format is the reason.' : `Most browsers do not play ${ending} files.`} ${PLAYS_EVERYWHERE}`,
  };
}

/** Returns the message about a film of which the browser would play the sound alone. */
export function noPicture(name: string): MediaProblem {
  return {
    title: `This browser shows no picture for ${name}.`,
    hint: `The format of its video, often HEVC (H.265), is the reason. ${PLAYS_EVERYWHERE}`,
  };
}

/** Returns the message about a file without a length, such as a recording that was cut off. */
export function noLength(name: string): MediaProblem {
  return {
    title: `${name} does not say how long it is.`,
    hint: 'It may be a recording that was cut off. A copy made by a program such as HandBrake has a length.',
  };
}

export function notReadable(name: string): MediaProblem {
  return {
    title: `${name} cannot be read.`,
    hint: 'It may have been moved, renamed or changed meanwhile, or be in a cloud that is out of reach. Choose it again.',
  };
}

export const NOT_A_FILM: MediaProblem = {
  title: 'This is no film.',
  hint: 'Choose a video or an audio file.',
};

export const UNKNOWN_FILM: MediaProblem = {
  title: 'This page cannot read which film this is.',
  hint: 'Reload the page: the server may be newer than it.',
};
