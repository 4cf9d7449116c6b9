/** Commands about the queue. What was changed can be undone by a button in the message about it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Toasts } from '../app/toasts';
import { probeLink } from '../media/link-probe';
import type { Ack } from '../protocol/messages';
import { type QueueChange, type QueueItem, type QueueMode, addedAnswer } from '../protocol/queue';
import type { RoomStore } from '../room/room-store';
import { type PastedFilm, type RejectedLink, readPastedLinks } from './pasted-links';
import { titleOfItem } from './queue-notices';
import type { KnownQueue } from './queue-state';

export type Place = 'end' | 'next' | 'now';

export interface QueueCommandsPorts {
  room: RoomStore;
  toasts: Toasts;
  state: ReadonlySignal<KnownQueue>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Returns whether the room can be reached, and shows a message when not. */
  checkReachable(): boolean;
  rejectionText(ack: Extract<Ack, { ok: false }>): string;
  after(ms: number, run: () => void): () => void;
}

export interface AddResult {
  added: number;
  rejected: RejectedLink[];
  /** Why the server took none, or not all; null when it took all that are films. */
  problem: string | null;
}

/** Most links in one command (QU1). */
const ADDED_MAX = 50;
/** Links that the page tries at the same time. */
const PROBES = 6;
/** How long a vote is counted here while the server's count is on its way. */
const COUNT_WITHIN_MS = 1500;
/** How long an item is shown at its new place while the change is on its way. */
const MOVED_WITHIN_MS = 1200;
/** Characters of a title in a message over the film. */
const TITLE_SHOWN = 40;
const NOT_ON_EVERY_SERVER = 'film_not_on_every_server';
const NO_CONNECTION: Ack = { ok: false, code: 'no_connection', error: '', retryable: true };

/** Tries the links that do not name their kind, and returns what of them is a film. */
async function probeAll(films: readonly PastedFilm[]): Promise<{ films: PastedFilm[]; rejected: RejectedLink[] }> {
  const problems = new Map<string, string>();
  const unsure = films.filter((film) => !film.sure);
  const probe = async () => {
    for (let film = unsure.pop(); film !== undefined; film = unsure.pop()) {
      const problem = await probeLink(film.url);
      if (problem !== null) problems.set(film.url, `${problem.title} ${problem.hint}`);
    }
  };
  await Promise.all(Array.from({ length: PROBES }, probe));
  return {
    films: films.filter(({ url }) => !problems.has(url)),
    rejected: [...problems].map(([text, problem]) => ({ text, problem })),
  };
}

function shortTitle(item: QueueItem): string {
  const letters = [...titleOfItem(item)];
  return letters.length > TITLE_SHOWN ? `${letters.slice(0, TITLE_SHOWN).join('')}…` : letters.join('');
}

function idsOf(ack: Ack): string[] {
  try {
    return addedAnswer(ack, 'queue-add').itemIds;
  } catch (problem) {
    console.warn('The answer to queue-add cannot be read', problem);
    return [];
  }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

export function createQueueCommands({ room, toasts, state, request, checkReachable, rejectionText, after }: QueueCommandsPorts) {
  /** The items that this member votes for. */
  const voted = signal<ReadonlySet<string>>(new Set());
  const votedSkip = signal(false);
  /** Votes that the server's count does not contain yet, by item. */
  const uncounted = signal<ReadonlyMap<string, number>>(new Map());
  /** A move that the server has not confirmed yet. */
  const moving = signal<{ itemId: string; beforeId: string | null } | null>(null);

  function shown(ack: Ack): boolean {
    if (!ack.ok) toasts.show(rejectionText(ack));
    return ack.ok;
  }

  async function undo(): Promise<void> {
    if (checkReachable()) shown(await request('queue-undo', {}));
  }

  const withUndo = (text: string) => toasts.show(text, { label: 'Undo', run: () => void undo() });

  function count(itemId: string, change: number | null): void {
    const next = new Map(uncounted.value);
    if (change === null) next.delete(itemId);
    else next.set(itemId, change);
    uncounted.value = next;
  }

  function setVoted(itemId: string, on: boolean): void {
    const next = new Set(voted.value);
    if (on) next.add(itemId);
    else next.delete(itemId);
    voted.value = next;
  }

  /** Adds films that have been read already; all of one command or none. */
  async function addFilms(urls: readonly string[], place: Place): Promise<{ ids: string[]; problem: string | null }> {
    const parts = chunks(urls, ADDED_MAX);
    const showsFirst = room.film.value === null;
    // What is put in front goes in backwards, so that the order stays.
    if (place !== 'end' && !showsFirst) parts.reverse();
    const ids: string[] = [];
    for (const videoUrls of parts) {
      if (!checkReachable()) return { ids, problem: rejectionText(NO_CONNECTION as Extract<Ack, { ok: false }>) };
      const ack = await request('queue-add', { videoUrls, place: place === 'end' || showsFirst ? 'end' : 'next' });
      if (!ack.ok) return { ids, problem: rejectionText(ack) };
      const itemIds = idsOf(ack);
      if (place === 'end' || showsFirst) ids.push(...itemIds);
      else ids.unshift(...itemIds);
    }
    const first = ids[0];
    // In a room without a film, the first one is shown by itself.
    if (place === 'now' && !showsFirst && first !== undefined) {
      const ack = await request('queue-play', { itemId: first });
      // A film that viewers cannot get is not left behind at the head of the queue (LB16).
      if (!ack.ok && ack.code === NOT_ON_EVERY_SERVER) await request('queue-remove', { itemId: first });
      if (!ack.ok) return { ids, problem: rejectionText(ack) };
    }
    return { ids, problem: null };
  }

  /** Adds the films of a pasted text. */
  async function add(text: string, place: Place): Promise<AddResult> {
    const pasted = readPastedLinks(text);
    const probed = await probeAll(pasted.films);
    const rejected = [...pasted.rejected, ...probed.rejected];
    if (probed.films.length === 0) return { added: 0, rejected, problem: null };
    const { ids, problem } = await addFilms(
      probed.films.map((film) => film.url),
      place,
    );
    if (ids.length > 0 && place !== 'now') withUndo(ids.length === 1 ? 'Added to the queue' : `${ids.length} films added`);
    return { added: ids.length, rejected, problem };
  }

  /** Adds one film that is known to be one; the result is why the server does not take it. */
  async function addFilm(videoUrl: string, place: Place): Promise<string | null> {
    const { problem } = await addFilms([videoUrl], place);
    if (problem === null && place !== 'now') withUndo('Added to the queue');
    return problem;
  }

  const simple = (send: () => Promise<Ack>) => async (): Promise<void> => {
    if (checkReachable()) shown(await send());
  };

  return {
    voted,
    votedSkip,
    uncounted,
    moving,
    add,
    undo,
    next: simple(() => request('queue-next', {})),
    previous: simple(() => request('queue-previous', {})),
    /** Shows an item, from a position in seconds when one is given. The result is whether the server did it. */
    async play(itemId: string, from?: number): Promise<boolean> {
      return checkReachable() && shown(await request('queue-play', { itemId, ...(from !== undefined && { from }) }));
    },
    async remove(item: QueueItem): Promise<void> {
      if (checkReachable() && shown(await request('queue-remove', { itemId: item.itemId })))
        withUndo(`Removed ${shortTitle(item)}`);
    },
    async clear(): Promise<void> {
      if (checkReachable() && shown(await request('queue-clear', {}))) withUndo('The queue is empty now');
    },
    async shuffle(): Promise<void> {
      if (checkReachable() && shown(await request('queue-shuffle', {}))) withUndo('Shuffled');
    },
    /** Moves an item before another, or to the end; it is shown there at once. */
    async move(itemId: string, beforeId: string | null): Promise<void> {
      if (!checkReachable()) return;
      const move = { itemId, beforeId };
      moving.value = move;
      const ended = () => {
        if (moving.value === move) moving.value = null;
      };
      if (!shown(await request('queue-move', { itemId, beforeId }))) ended();
      else after(MOVED_WITHIN_MS, ended);
    },
    /** Shows that an item was added again, after one that has been played. */
    addFilm,
    async addAgain(item: QueueItem): Promise<void> {
      const problem = await addFilm(item.videoUrl, 'end');
      if (problem !== null) toasts.show(problem);
    },
    async setMode(mode: Partial<QueueMode>): Promise<boolean> {
      return checkReachable() && shown(await request('set-queue-mode', { ...mode }));
    },
    /** Votes for an item, or takes the vote back; shown at once. */
    async vote(itemId: string): Promise<void> {
      if (!checkReachable()) return;
      const on = !voted.value.has(itemId);
      setVoted(itemId, on);
      const change = on ? 1 : -1;
      count(itemId, change);
      const forget = () => {
        if (uncounted.value.get(itemId) === change) count(itemId, null);
      };
      if (shown(await request('vote-item', { itemId, on }))) {
        after(COUNT_WITHIN_MS, forget);
        return;
      }
      setVoted(itemId, !on);
      forget();
    },
    async voteSkip(): Promise<void> {
      if (!checkReachable()) return;
      const on = !votedSkip.value;
      const { current } = state.value;
      votedSkip.value = on;
      const ok = shown(await request('vote-skip', { on }));
      if (!ok && current?.itemId === state.value.current?.itemId) votedSkip.value = !on;
    },
    describe: (itemId: string, duration: number) => request('describe-item', { itemId, duration }),
    /** Ends what is shown ahead of the server, as far as an event confirms it. */
    confirm({ moved = [], votes = [], removed = [], current }: QueueChange): void {
      const here = moving.value?.itemId;
      if (here !== undefined && (removed.includes(here) || moved.some((one) => one.itemId === here))) moving.value = null;
      for (const { itemId } of votes) if (uncounted.value.has(itemId)) count(itemId, null);
      for (const itemId of removed) if (voted.value.has(itemId)) setVoted(itemId, false);
      if (current !== undefined) votedSkip.value = false;
    },
    /** Takes over what a snapshot says about the reader's votes. */
    load(items: readonly string[], skip: boolean): void {
      voted.value = new Set(items);
      votedSkip.value = skip;
      uncounted.value = new Map();
      moving.value = null;
    },
  };
}

export type QueueCommands = ReturnType<typeof createQueueCommands>;
