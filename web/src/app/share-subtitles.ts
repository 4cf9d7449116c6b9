/** Shares subtitles with everybody, for hosts: sends a text in parts, and sets the list of the room (SB1, SB2). */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Ack } from '../protocol/messages';
import {
  LABEL_MAX,
  PART_CHARS_MAX,
  type SharedTrack,
  TEXT_BYTES_MAX,
  TRACKS_MAX,
  UNKNOWN_LANGUAGE,
  sharedAnswer,
} from '../protocol/subtitles';

export interface SharingPorts {
  /** The tracks that are shared now. */
  tracks: ReadonlySignal<readonly SharedTrack[]>;
  /** Address of the film. */
  film(): string | null;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  /** Returns whether the room can be reached, and shows a message when not. */
  checkReachable(): boolean;
  rejectionText(ack: Extract<Ack, { ok: false }>): string;
}

export interface SharingState {
  busy: boolean;
  /** Part of the text that is sent, 0 to 1. */
  sent: number;
  problem: string | null;
}

export const FILE_TOO_LARGE = 'This file is too large to share: 1 MB is the most.';
export const TOO_MANY = `No more than ${TRACKS_MAX} subtitles can be shared. Stop sharing one first.`;
export const NOT_SHARED = 'The subtitles could not be shared.';
const IDLE: SharingState = { busy: false, sent: 0, problem: null };
const RETRY_MS = 1000;
const RETRIES = 20;

/** A connection may send this much at once, and then so much a second (RL19), with room for all else. */
const BURST_BYTES = 256 * 1024;
const BYTES_PER_SECOND = 160 * 1024;

/** Sends a command until the server takes it, as long as it says that it may later. */
export async function persist(send: () => Promise<Ack>, pause: (ms: number) => Promise<void>): Promise<Ack> {
  let ack = await send();
  for (let tries = 0; !ack.ok && ack.retryable && tries < RETRIES; tries++) {
    await pause(ack.retryInMs ?? RETRY_MS);
    ack = await send();
  }
  return ack;
}

/** Divides a text into parts, never between the halves of a character. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + PART_CHARS_MAX);
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1)) && to < text.length) to--;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

/** Removes what no subtitles need, and what would take six bytes in a message. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '').replace(/\p{Surrogate}/gu, '\ufffd');
}

export function createSharing({ tracks, film, request, after, checkReachable, rejectionText }: SharingPorts) {
  const state = signal<SharingState>(IDLE);
  const pause = (ms: number) => new Promise<void>((resolve) => void after(ms, resolve));

  /** Runs one command at a time; its result is null when it fails, and the state says why. */
  async function run<T>(work: () => Promise<T | { problem: string }>): Promise<T | null> {
    if (state.peek().busy || !checkReachable()) return null;
    state.value = { ...IDLE, busy: true };
    const result = await work().catch((problem: unknown) => {
      console.warn('Sharing subtitles failed', problem);
      return { problem: NOT_SHARED };
    });
    const failed = typeof result === 'object' && result !== null && 'problem' in result ? result : null;
    state.value = { ...IDLE, problem: failed?.problem ?? null };
    return failed === null ? (result as T) : null;
  }

  const kept = () => tracks.peek().map(({ trackId }) => ({ trackId }));

  async function add(track: { label: string; language: string; url?: string; parts?: number }, videoUrl: string | null) {
    const language = track.language === '' ? UNKNOWN_LANGUAGE : track.language;
    const label = [...track.label].slice(0, LABEL_MAX).join('');
    const list = [...kept(), { ...track, label, language }];
    const ack = await persist(() => request('set-subtitles', { tracks: list, ...(videoUrl !== null && { videoUrl }) }), pause);
    return ack.ok ? (sharedAnswer(ack, 'set-subtitles').trackIds.at(-1) ?? '') : { problem: rejectionText(ack) };
  }

  async function upload(parts: readonly string[]): Promise<{ problem: string } | null> {
    let bytes = 0;
    for (const [part, text] of parts.entries()) {
      const size = new Blob([text]).size;
      if (bytes + size > BURST_BYTES) await pause((size / BYTES_PER_SECOND) * 1000);
      bytes += size;
      const ack = await persist(() => request('upload-subtitles', { part, text }), pause);
      if (!ack.ok) return { problem: rejectionText(ack) };
      state.value = { ...state.peek(), sent: (part + 1) / parts.length };
    }
    return null;
  }

  return {
    state: state as ReadonlySignal<SharingState>,
    /** Shares a text; the result is the id of its track. */
    shareText: (given: string, label: string, language: string) =>
      run(async () => {
        const text = plain(given);
        // The film that is shown when the host decides, whatever comes meanwhile.
        const videoUrl = film();
        if (new Blob([text]).size > TEXT_BYTES_MAX) return { problem: FILE_TOO_LARGE };
        if (tracks.peek().length >= TRACKS_MAX) return { problem: TOO_MANY };
        const parts = partsOf(text);
        return (await upload(parts)) ?? add({ label, language, parts: parts.length }, videoUrl);
      }),
    /** Shares an address; the result is the id of its track. */
    shareAddress: (url: string, label: string) =>
      run(() =>
        tracks.peek().length >= TRACKS_MAX ? Promise.resolve({ problem: TOO_MANY }) : add({ label, language: '', url }, film()),
      ),
    stopSharing: (trackId: string) =>
      run(async () => {
        const ack = await request('set-subtitles', { tracks: kept().filter((one) => one.trackId !== trackId) });
        return ack.ok ? true : { problem: rejectionText(ack) };
      }),
    /** Removes the message about what failed. */
    forgetProblem(): void {
      if (state.peek().problem !== null) state.value = { ...state.peek(), problem: null };
    },
  };
}

export type Sharing = ReturnType<typeof createSharing>;
