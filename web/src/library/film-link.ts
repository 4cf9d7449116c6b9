/** The link of the library's film that the room shows (LB8, LB11): asked for, and kept valid while the film is open. */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { MediaProblem } from '../media/player';
import { MEDIA_PATH, type MediaLink, mediaLink } from '../protocol/library';
import type { Ack } from '../protocol/messages';
import { WAITING, problemOfCode } from './library-words';

export type LinkAnswer =
  | { kind: 'link'; link: MediaLink }
  /** The room shows another film, or is about to. */
  | { kind: 'changed' }
  | { kind: 'final'; problem: MediaProblem }
  /** Worth another attempt; `text` says why, null when the connection is the reason. */
  | { kind: 'later'; text: string | null };

/** Asks the server for a link to the film of a timeline's item. */
export async function askForLink(
  request: (name: string, payload: Record<string, unknown>) => Promise<Ack>,
  item: number,
): Promise<LinkAnswer> {
  const ack = await request('get-media-link', { item });
  if (!ack.ok) {
    if (ack.code === 'film_changed') return { kind: 'changed' };
    if (ack.code === 'no_connection' || ack.code === 'not_authenticated') return { kind: 'later', text: null };
    if (ack.retryable) return { kind: 'later', text: WAITING[ack.code] ?? WAITING['unavailable']! };
    return { kind: 'final', problem: problemOfCode(ack.code, ack.reason, ack.error) };
  }
  try {
    const link = mediaLink(ack, 'get-media-link');
    if (link.url.startsWith(MEDIA_PATH)) return { kind: 'link', link };
  } catch (problem) {
    console.warn('The answer to get-media-link cannot be read', problem);
  }
  return { kind: 'final', problem: problemOfCode('unreadable_answer', undefined, '') };
}

export interface FilmLinkPorts {
  ask(): Promise<LinkAnswer>;
  /** Server time now; null while unknown. */
  serverNow(): number | null;
  after(ms: number, run: () => void): () => void;
  /** Whether the server can be reached. */
  connected: ReadonlySignal<boolean>;
  /** Called with each link, also when it is the same. */
  onLink(link: MediaLink): void;
}

/** Life of a link as long as the server's time is unknown, ms (LB8). */
const LIFE_MS = 30 * 60_000;
/** The part of its life after which a link is asked for again. */
const RENEWED_AFTER = 2 / 3;
const RENEWED_AFTER_MIN_MS = 10_000;
const RETRY_MS = 10_000;

/** Keeps a link valid: asks again before it expires, and after each reconnect. The server answers the same, or another. */
export function keepLink(first: MediaLink, { ask, serverNow, after, connected, onLink }: FilmLinkPorts) {
  const current = signal(first);
  let cancel: (() => void) | null = null;
  let renewing: Promise<LinkAnswer> | null = null;
  let ended = false;
  let waiting: (() => void)[] = [];

  function schedule(ms: number): void {
    cancel?.();
    cancel = after(ms, () => void renew());
  }

  function accept(link: MediaLink): void {
    const now = serverNow();
    const left = now === null ? LIFE_MS : link.expiresAt - now;
    schedule(Math.min(Math.max(left * RENEWED_AFTER, RENEWED_AFTER_MIN_MS), LIFE_MS));
    onLink(link);
    current.value = link;
    for (const run of waiting.splice(0)) run();
  }

  async function askAndAccept(): Promise<LinkAnswer> {
    const answer = await ask();
    renewing = null;
    if (ended) return answer;
    if (answer.kind === 'link') accept(answer.link);
    else if (answer.kind === 'later') schedule(RETRY_MS);
    return answer;
  }

  /** Asks for the link again; one request at a time. */
  function renew(): Promise<LinkAnswer> {
    cancel?.();
    cancel = null;
    return (renewing ??= askAndAccept());
  }

  let wasConnected = connected.peek();
  const stop = effect(() => {
    const now = connected.value;
    untracked(() => {
      if (now && !wasConnected) void renew();
      wasConnected = now;
    });
  });
  accept(first);

  return {
    current: current as ReadonlySignal<MediaLink>,
    renew,
    /** Resolves with the next answer about the link, and after a time at the latest. */
    next(ms: number): Promise<void> {
      return new Promise((resolve) => {
        waiting.push(resolve);
        after(ms, resolve);
      });
    },
    end(): void {
      ended = true;
      waiting = [];
      cancel?.();
      stop();
    },
  };
}

export type FilmLink = ReturnType<typeof keepLink>;
