/** The room as this page shows it. Fed by server messages alone; components read the signals. */
import { computed, signal } from '@preact/signals';
import { supersedes } from '../playback/timeline';
import type { MemberSync, Payload, Room, ServerEvent, Timeline, User, WaitingPolicy } from '../protocol/messages';

/** A new object for every film that is set, the same link twice included. */
export interface Film {
  url: string;
  type: string | null;
}

/** What a member's player last told, and under which timeline that was heard. */
export interface MemberStep extends Omit<MemberSync, 'userId'> {
  seq: number | null;
}

/** Of the people of a big room, more are known than this only when they are hosts. */
const KNOWN_MAX = 300;

export function createRoomStore() {
  const roomId = signal<string | null>(null);
  const meId = signal<string | null>(null);
  /** All who are here; in a big room some of them. */
  const users = signal<User[]>([]);
  /** How many are here, when they are so many that not all are known; else null. */
  const crowd = signal<number | null>(null);
  const film = signal<Film | null>(null);
  const timeline = signal<Timeline | null>(null);
  /** By user id; whoever tells nothing is not in it. */
  const sync = signal<ReadonlyMap<string, MemberStep>>(new Map());
  /** Whether the room waits for those who stall; null when the server knows no such thing. */
  const waiting = signal<WaitingPolicy | null>(null);

  const me = computed(() => users.value.find((user) => user.id === meId.value) ?? null);
  const isHost = computed(() => me.value?.isHost === true);
  const count = computed(() => crowd.value ?? users.value.length);
  const hosts = computed(() => users.value.filter((user) => user.isHost));

  function takeRoom(room: Room, told: Timeline | undefined): void {
    roomId.value = room.id;
    users.value = room.users;
    crowd.value = room.userCount ?? null;
    waiting.value = room.waiting ?? null;
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

  function heard(members: readonly MemberSync[]): void {
    const next = new Map(sync.value);
    const seq = timeline.value?.seq ?? null;
    for (const { userId, drift, bound, state } of members) next.set(userId, { drift, bound, state, seq });
    sync.value = next;
  }

  function forget(id: string): void {
    if (!sync.value.has(id)) return;
    const next = new Map(sync.value);
    next.delete(id);
    sync.value = next;
  }

  /** This page is here, whatever others took it for a moment ago. */
  function withMe(all: User[]): User[] {
    const mine = me.value;
    return mine === null ? all : [...all.filter((user) => user.id !== mine.id), mine];
  }

  function presence({
    big,
    count: many,
    users: all,
    joined: came = [],
    left = [],
    away = [],
    returned = [],
  }: Payload<'presence'>): void {
    crowd.value = big ? many : null;
    if (all !== undefined) {
      users.value = withMe(all);
      return;
    }
    const known = new Map(users.value.map((user) => [user.id, user]));
    for (const user of came) {
      known.delete(user.id);
      known.set(user.id, user);
    }
    for (const id of left) known.delete(id);
    for (const [ids, gone] of [
      [away, true],
      [returned, false],
    ] as const) {
      for (const id of ids) {
        const user = known.get(id);
        if (user !== undefined) known.set(id, { ...user, away: gone });
      }
    }
    for (const id of [...left, ...away, ...returned]) if (id !== meId.value) forget(id);
    const next = [...known.values()];
    const tooMany = next.length - KNOWN_MAX;
    users.value = withMe(tooMany > 0 ? next.filter((user, index) => user.isHost || index >= tooMany) : next);
  }

  function joined(payload: Payload<'room-joined'>): void {
    meId.value = payload.user.id;
    // The whole list follows; what was heard before the line was lost may be long over.
    sync.value = new Map();
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
        forget(event.payload.userId);
        break;
      case 'user-away':
        forget(event.payload.userId);
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
      case 'presence':
        presence(event.payload);
        break;
      case 'status':
        heard(event.payload.members);
        break;
      case 'waiting-set': {
        const { mode, seconds, graceMs, peopleMax, strikesMax } = event.payload;
        waiting.value = { mode, seconds, graceMs, peopleMax, strikesMax };
        break;
      }
      default:
    }
  }

  function clear(): void {
    roomId.value = null;
    meId.value = null;
    users.value = [];
    crowd.value = null;
    film.value = null;
    timeline.value = null;
    sync.value = new Map();
    waiting.value = null;
  }

  function nameOf(id: string | null): string | null {
    return users.value.find((user) => user.id === id)?.name ?? null;
  }

  return { roomId, meId, users, crowd, count, film, timeline, sync, waiting, me, isHost, hosts, apply, takeRoom, clear, nameOf };
}

export type RoomStore = ReturnType<typeof createRoomStore>;
