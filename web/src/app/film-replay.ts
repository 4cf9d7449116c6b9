/** Shows older messages at the place in the film at which they were written, by this viewer's choice. */
import { type ReadonlySignal, computed, effect, untracked } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import type { RoomStore } from '../room/room-store';
import type { Setting } from './over-film-settings';

export interface FilmReplayPorts {
  chat: Pick<ChatStore, 'entries' | 'hasOlder'>;
  room: Pick<RoomStore, 'roomId' | 'film'>;
  /** Position of the film, s. */
  position: ReadonlySignal<number>;
  setting: Setting;
  /** Time of the server, ms; null while it is unknown. */
  serverNow(): number | null;
  /** Loads all messages that the server keeps. */
  loadAll(): void;
  show(key: string): void;
}

interface Moment {
  position: number;
  key: string;
  writtenAt: number;
}

/** A larger step is a jump: the messages between are not shown. */
const STEP_MAX_S = 3;
/** A message of just now is shown as a new one. */
const FRESH_MS = 30_000;

/** Returns the first index at which the position is above. */
function firstAbove(moments: readonly Moment[], position: number): number {
  let from = 0;
  let to = moments.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((moments[middle]?.position ?? Infinity) > position) to = middle;
    else from = middle + 1;
  }
  return from;
}

export function startFilmReplay({ chat, room, position, setting, serverNow, loadAll, show }: FilmReplayPorts): void {
  let last: number | null = null;

  /** The messages of this film, in its order. */
  const moments = computed((): readonly Moment[] => {
    const url = setting.on.value ? room.film.value?.url : undefined;
    if (url === undefined) return [];
    return chat.entries.value
      .flatMap((entry) =>
        entry.kind === 'message' && entry.message.deleted !== true && entry.message.at?.videoUrl === url
          ? [{ position: entry.message.at.position, key: entry.key, writtenAt: Date.parse(entry.message.timestamp) }]
          : [],
      )
      .sort((a, b) => a.position - b.position);
  });

  effect(() => {
    if (setting.on.value && room.roomId.value !== null && room.film.value !== null && chat.hasOlder.value) untracked(loadAll);
  });
  effect(() => {
    void room.film.value?.url;
    last = null;
  });
  effect(() => {
    const now = position.value;
    untracked(() => {
      const before = last;
      last = now;
      if (before === null || now <= before || now - before > STEP_MAX_S) return;
      const list = moments.peek();
      const freshFrom = (serverNow() ?? Infinity) - FRESH_MS;
      for (const moment of list.slice(firstAbove(list, before), firstAbove(list, now)))
        if (!(moment.writtenAt > freshFrom)) show(moment.key);
    });
  });
}
