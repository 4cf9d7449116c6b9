/**
 * The subtitles that hosts share with everybody, as texts that a viewer can choose (SB). A text is loaded when a viewer
 * switches it on, and once.
 */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import type { Ack } from '../protocol/messages';
import { type SharedTrack, UNKNOWN_LANGUAGE, sharedTracks, subtitlePart } from '../protocol/subtitles';
import type { RoomStore, SharedList } from '../room/room-store';
import { fetchText } from '../subtitles/fetch-text';
import { TextProblem } from '../subtitles/text-problem';
import { createSharing, persist } from './share-subtitles';
import type { TextSource } from './subtitle-text';

export interface SharedSubtitlesPorts {
  room: RoomStore;
  chat: ChatStore;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  checkReachable(): boolean;
  rejectionText(ack: Extract<Ack, { ok: false }>): string;
}

/** Subtitles that a host has just shared. */
export interface Arrival {
  id: string;
  text: string;
  /** Whether this viewer did it. */
  mine: boolean;
}

export const SHARED = 'shared ';
export const GONE = 'The server has lost these subtitles. A host can share them again.';
export const NOT_LOADED = 'These subtitles could not be loaded. Switch them off and on to try again.';

export function createSharedSubtitles({ room, chat, request, after, checkReachable, rejectionText }: SharedSubtitlesPorts) {
  const tracks = signal<readonly SharedTrack[]>([]);
  const arrival = signal<Arrival | null>(null);
  /** The texts by track, as far as they are loaded or loading. */
  const texts = new Map<string, Promise<Blob>>();
  const pause = (ms: number) => new Promise<void>((resolve) => void after(ms, resolve));
  const sharing = createSharing({
    tracks,
    film: () => room.film.peek()?.url ?? null,
    request,
    after,
    checkReachable,
    rejectionText,
  });

  async function pull({ trackId, parts = 0 }: SharedTrack): Promise<Blob> {
    const all: string[] = [];
    for (let part = 0; part < parts; part++) {
      const ack = await persist(() => request('get-subtitles', { trackId, part }), pause);
      if (!ack.ok) throw new TextProblem(ack.code === 'track_not_found' ? GONE : NOT_LOADED);
      all.push(subtitlePart(ack, 'get-subtitles').text);
    }
    return new Blob(all);
  }

  function load(track: SharedTrack): Promise<Blob> {
    const known = texts.get(track.trackId);
    if (known !== undefined) return known;
    const text = track.url === undefined ? pull(track) : fetchText(track.url, after);
    texts.set(track.trackId, text);
    text.catch(() => texts.delete(track.trackId));
    return text;
  }

  function read(list: SharedList): readonly SharedTrack[] {
    try {
      return sharedTracks(list.tracks, 'subtitles');
    } catch (problem) {
      console.warn('The shared subtitles cannot be read', problem);
      return [];
    }
  }

  /** Says what a host has changed, in the chat and to {@link arrival}. */
  function announce(before: readonly SharedTrack[], next: readonly SharedTrack[], by: string): void {
    const mine = by === room.meId.peek();
    const who = mine ? 'You' : (room.nameOf(by) ?? 'A host');
    const without = (all: readonly SharedTrack[], known: readonly SharedTrack[]) =>
      all.filter((track) => known.every(({ trackId }) => trackId !== track.trackId));
    for (const { label } of without(before, next))
      chat.addNotice({ topic: 'film', text: `${who} stopped sharing subtitles: ${label}` });
    for (const { trackId, label } of without(next, before)) {
      const text = `${who} shared subtitles: ${label}`;
      chat.addNotice({ topic: 'film', text });
      arrival.value = { id: SHARED + trackId, text, mine };
    }
  }

  function accept(list: SharedList): void {
    const before = tracks.peek();
    const next = read(list);
    for (const known of texts.keys()) if (next.every(({ trackId }) => trackId !== known)) texts.delete(known);
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    tracks.value = next;
    if (list.by !== undefined) announce(before, next, list.by);
  }

  const stop = effect(() => {
    const list = room.subtitles.value;
    untracked(() => accept(list));
  });

  return {
    sources: computed<readonly TextSource[]>(() =>
      tracks.value.map((track) => ({
        id: SHARED + track.trackId,
        label: track.label,
        language: track.language === UNKNOWN_LANGUAGE ? '' : track.language,
        load: () => load(track),
      })),
    ),
    arrival,
    mayShare: room.isHost,
    ...sharing,
    /** Shares a text that this page has, which it need not load any more. The result is the id of its source. */
    async shareText(text: string, label: string, language: string): Promise<string | null> {
      const trackId = await sharing.shareText(text, label, language);
      if (trackId === null) return null;
      texts.set(trackId, Promise.resolve(new Blob([text])));
      return SHARED + trackId;
    },
    stopSharing: (id: string) => sharing.stopSharing(id.slice(SHARED.length)),
    end: stop,
  };
}

export type SharedSubtitles = ReturnType<typeof createSharedSubtitles>;
