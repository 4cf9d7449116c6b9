/** Finds out whether this browser plays a file, and how long it is, before anything about it is sent. */
import type { MediaProblem } from '../media/player';
import { isFilmFile } from './film-file';
import { NOT_A_FILM, noLength, noPicture, notPlayable, notReadable } from './own-copy-problems';

export interface ExaminePorts {
  createVideo(): HTMLVideoElement;
  objectUrl(file: Blob): string;
  revoke(url: string): void;
  after(ms: number, run: () => void): () => void;
}

export type Examined = { duration: number } | { problem: MediaProblem };

/** Time limit for reading the length; a file in the cloud takes its time. */
const EXAMINE_MS = 30_000;
/** A position behind the end of every film: a browser that seeks there learns the length. */
const BEYOND_S = 1e7;
const AUDIO = /^audio\/|\.(mp3|m4a|m4b|ogg|oga|opus|wav|flac|aac)$/i;

/** Returns whether a file has sound alone, as its type or else its name says. */
export function isAudioFile({ type, name }: Pick<File, 'type' | 'name'>): boolean {
  return AUDIO.test(type === '' ? name : type);
}

export async function examineFilm(file: File, ports: ExaminePorts): Promise<Examined> {
  if (!isFilmFile(file)) return { problem: NOT_A_FILM };
  if (file.size === 0) return { problem: notReadable(file.name) };
  const url = ports.objectUrl(file);
  const media = ports.createVideo();
  try {
    return await read(file, media, url, ports);
  } finally {
    media.removeAttribute('src');
    media.load();
    ports.revoke(url);
  }
}

async function read(file: File, media: HTMLVideoElement, url: string, { after }: ExaminePorts): Promise<Examined> {
  media.preload = 'metadata';
  media.muted = true;
  const loaded = firstOf(media, ['loadedmetadata', 'error'], after);
  media.src = url;
  if ((await loaded) !== 'loadedmetadata') return { problem: notPlayable(file.name) };
  if (media.videoWidth === 0 && !isAudioFile(file)) return { problem: noPicture(file.name) };
  if (media.duration === Number.POSITIVE_INFINITY) {
    const found = firstOf(media, ['durationchange', 'error'], after);
    media.currentTime = BEYOND_S;
    await found;
  }
  const { duration } = media;
  return Number.isFinite(duration) && duration >= 0.001 ? { duration } : { problem: noLength(file.name) };
}

/** Resolves to the first of some events; null when none comes in time. */
function firstOf(media: HTMLMediaElement, names: string[], after: ExaminePorts['after']): Promise<string | null> {
  return new Promise((resolve) => {
    const off = new AbortController();
    const end = (name: string | null) => {
      off.abort();
      cancel();
      resolve(name);
    };
    const cancel = after(EXAMINE_MS, () => end(null));
    for (const name of names) media.addEventListener(name, () => end(name), { signal: off.signal });
  });
}
