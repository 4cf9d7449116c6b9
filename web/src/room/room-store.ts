/** The room as this page shows it. Fed by server messages alone; components read the signals. */
import { computed, signal } from '@preact/signals';
import { supersedes } from '../playback/timeline';
import type { Payload, Room, ServerEvent, Timeline, User } from '../protocol/messages';

/** A new object for every film that is set, the same link twice included. */
export interface Film {
  url: string;
  type: string | null;
}

export function createRoomStore() {
  const roomId = signal<string | null>(null);
  const meId = signal<string | null>(null);
  const users = signal<User[]>([]);
  const film = signal<Film | null>(null);
  const timeline = signal<Timeline | null>(null);

  const me = computed(() => users.value.find((user) => user.id === meId.value) ?? null);
  const isHost = computed(() => me.value?.isHost === true);
  const hosts = computed(() => users.value.filter((user) => user.isHost));

  function takeRoom(room: Room, told: Timeline | undefined): void {
    roomId.value = room.id;
    users.value = room.users;
    const next = room.videoUrl === undefined ? null : { url: room.videoUrl, type: room.videoType };
    const sameItem = told === undefined || timeline.value === null || told.item === timeline.value.item;
    if (next?.url !== film.value?.url || next?.type !== film.value?.type || !sameItem) film.value = next;
    if (told !== undefined) timeline.value = told;
  }

  function change(id: string, how: (user: User) => User): void {
    users.value = users.value.map((user) => (user.id === id ? how(user) : user));
  }

  function put(user: User): void {
    const others = users.value.filter((known) => known.id !== user.id);
    users.value = [...others, user];
  }

  function joined(payload: Payload<'room-joined'>): void {
    meId.value = payload.user.id;
    takeRoom(payload.room, payload.timeline);
    if (!payload.room.users.some((user) => user.id === payload.user.id)) put(payload.user);
  }

  /** Takes one event in; events that say nothing about the room pass. */
  function apply(event: ServerEvent): void {
    switch (event.name) {
      case 'room-joined':
        joined(event.payload);
        break;
      case 'user-joined':
        put(event.payload.user);
        break;
      case 'user-left':
        users.value = users.value.filter((user) => user.id !== event.payload.userId);
        break;
      case 'user-away':
        change(event.payload.userId, (user) => ({ ...user, away: true }));
        break;
      case 'user-returned':
        change(event.payload.userId, (user) => ({ ...user, away: false }));
        break;
      case 'user-promoted':
        change(event.payload.userId, (user) => ({ ...user, isHost: true }));
        break;
      case 'video-set':
        film.value = { url: event.payload.videoUrl, type: event.payload.videoType };
        break;
      case 'timeline':
        if (supersedes(event.payload, timeline.value)) timeline.value = event.payload;
        break;
      default:
    }
  }

  function clear(): void {
    roomId.value = null;
    meId.value = null;
    users.value = [];
    film.value = null;
    timeline.value = null;
  }

  function nameOf(id: string | null): string | null {
    return users.value.find((user) => user.id === id)?.name ?? null;
  }

  return { roomId, meId, users, film, timeline, me, isHost, hosts, apply, takeRoom, clear, nameOf };
}

export type RoomStore = ReturnType<typeof createRoomStore>;
