/**
 * What the server knows about the films of its library: lengths, pictures, and whether they can be played (LB10). Films
 * are asked for as they are shown, and again while the server examines them.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { type FilmInfo, INFOS_MAX, MEDIA_PATH, filmInfos } from '../protocol/library';
import type { Ack } from '../protocol/messages';

export interface FilmInfosPorts {
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

/** What is wanted within this time goes into one request. */
const GATHERED_MS = 60;
const AGAIN_MS = 2000;
/** Requests for one film, until the next connection. */
export const TRIES_MAX = 5;

export function createFilmInfos({ request, after }: FilmInfosPorts) {
  const known = signal<ReadonlyMap<string, FilmInfo>>(new Map());
  /** Requests so far by film. */
  const tries = new Map<string, number>();
  const waiting = new Set<string>();
  let asking = false;
  let scheduled = false;
  /** Whether the server answers such requests; an older one does not know them. */
  let answers = true;
  /** Counts the connections; an answer on an earlier one says nothing about `answers`. */
  const connections = signal(0);

  function schedule(ms: number): void {
    if (scheduled || asking || waiting.size === 0) return;
    scheduled = true;
    after(ms, () => {
      scheduled = false;
      void ask();
    });
  }

  function want(ids: Iterable<string>): void {
    for (const id of ids) if (answers && !known.peek().has(id) && !tries.has(id)) waiting.add(id);
    schedule(GATHERED_MS);
  }

  /** Asks again after a while, unless that was tried often enough. */
  function askLater(ids: readonly string[]): void {
    const again = ids.filter((id) => (tries.get(id) ?? 0) < TRIES_MAX);
    if (again.length === 0) return;
    const connection = connections.peek();
    after(AGAIN_MS, () => {
      if (connection !== connections.peek()) return;
      for (const id of again) waiting.add(id);
      schedule(0);
    });
  }

  async function ask(): Promise<void> {
    const ids = [...waiting].slice(0, INFOS_MAX);
    const connection = connections.peek();
    for (const id of ids) {
      waiting.delete(id);
      tries.set(id, (tries.get(id) ?? 0) + 1);
    }
    asking = true;
    const ack = await request('get-film-info', { mediaIds: ids });
    asking = false;
    if (ack.ok) accept(ack, ids);
    else if (ack.retryable) askLater(ids);
    else if (connection === connections.peek()) {
      answers = false;
      waiting.clear();
    }
    schedule(0);
  }

  function accept(ack: Ack, ids: readonly string[]): void {
    try {
      const { films, pending } = filmInfos(ack, 'get-film-info');
      if (films.length > 0) {
        const next = new Map(known.peek());
        for (const film of films) next.set(film.mediaId, ownPoster(film));
        known.value = next;
      }
      askLater(pending.filter((id) => ids.includes(id)));
    } catch (problem) {
      console.warn('The answer to get-film-info cannot be read', problem);
    }
  }

  return {
    /** By id, as far as the server has answered. */
    known: known as ReadonlySignal<ReadonlyMap<string, FilmInfo>>,
    /** Changes with each connection: what is shown is wanted again then. */
    connections: connections as ReadonlySignal<number>,
    /** Asks for films, unless they are known or were asked for on this connection. */
    want,
    /** Called after a reconnect, which may lead to another server. */
    onReconnect(): void {
      tries.clear();
      waiting.clear();
      answers = true;
      connections.value++;
    },
  };
}

export type FilmInfos = ReturnType<typeof createFilmInfos>;

/** Returns the info without a picture that is not on this server. */
function ownPoster(film: FilmInfo): FilmInfo {
  return film.poster?.startsWith(MEDIA_PATH) === true ? film : { ...film, poster: null };
}
