/** The room's state as signals. Updated by server messages only. */
import { computed, signal } from '@preact/signals';
import { supersedes } from '../playback/timeline';
import { DEFAULT_SETTINGS, type Knock, type RoomSettings } from '../protocol/room-access';
import { titleOfLink } from '../protocol/video-kind';
import type { VoiceStatus } from '../protocol/voice';
import type { MemberSync, Payload, Room, ServerEvent, Timeline, User, WaitingPolicy } from '../protocol/messages';

/** A new object for every film that is set, even for the same link. */
export interface Film {
  url: string;
  type: string | null;
}

/** The shared subtitles as they came, and who changed them; only a change has an author. */
export interface SharedList {
  tracks: readonly unknown[];
  by?: string | undefined;
}

const NOTHING_SHARED: SharedList = { tracks: [] };

/** Last reported sync state of a member, and the seq of the timeline at that time. */
export interface MemberStatus extends Omit<MemberSync, 'userId'> {
  seq: number | null;
}

/** Maximum number of known members in a large room; hosts are always kept. */
const KNOWN_MEMBERS_MAX = 300;

export function createRoomStore() {
  const roomId = signal<string | null>(null);
  const meId = signal<string | null>(null);
  /** All members; in a large room some of them. */
  const users = signal<User[]>([]);
  /** Number of members of a large room; null in a small one. */
  const largeRoomCount = signal<number | null>(null);
  const film = signal<Film | null>(null);
  /** The title of the film; null while only its link is known. */
  const knownTitle = signal<string | null>(null);
  const timeline = signal<Timeline | null>(null);
  /** By user id; only members that report. */
  const sync = signal<ReadonlyMap<string, MemberStatus>>(new Map());
  /** Whether the room waits for stalled viewers; null when the server does not support it. */
  const waiting = signal<WaitingPolicy | null>(null);
  const settings = signal<RoomSettings>(DEFAULT_SETTINGS);
  const ownerId = signal<string | null>(null);
  /** Those who wait for approval; empty for guests. */
  const knocks = signal<readonly Knock[]>([]);
  /** Until when the last jump can be undone (server ms); null without one. */
  const undoUntil = signal<number | null>(null);
  /** Count the changes of the invitations and of the bans, which a host's page reads when it shows them. */
  const inviteChanges = signal(0);
  const banChanges = signal(0);

  const subtitles = signal<SharedList>(NOTHING_SHARED);
  /** Who speaks with each other; null on a server without voice. */
  const voice = signal<VoiceStatus | null>(null);
  /** The members who speak right now. */
  const speaking = signal<ReadonlySet<string>>(new Set());

  const filmTitle = computed(() => (film.value === null ? null : (knownTitle.value ?? titleOfLink(film.value.url))));
  const me = computed(() => users.value.find((user) => user.id === meId.value) ?? null);
  const isHost = computed(() => me.value?.isHost === true);
  const isOwner = computed(() => meId.value !== null && meId.value === ownerId.value);
  /** Whether this member may control the film. */
  const mayControl = computed(() => isHost.value || (me.value !== null && settings.value.control === 'everyone'));
  const count = computed(() => largeRoomCount.value ?? users.value.length);
  const hosts = computed(() => users.value.filter((user) => user.isHost));

  function loadRoom(room: Room, snapshotTimeline: Timeline | undefined): void {
    roomId.value = room.id;
    users.value = room.users;
    largeRoomCount.value = room.userCount ?? null;
    waiting.value = room.waiting ?? null;
    settings.value = room.settings ?? DEFAULT_SETTINGS;
    ownerId.value = room.hostId;
    knocks.value = room.knocks ?? [];
    undoUntil.value = snapshotTimeline?.undoUntil ?? null;
    subtitles.value = { tracks: room.subtitles ?? [] };
    showVoice(room.voice ?? null);
    const next = room.videoUrl === undefined ? null : { url: room.videoUrl, type: room.videoType };
    const sameItem = snapshotTimeline === undefined || timeline.value === null || snapshotTimeline.item === timeline.value.item;
    if (next?.url !== film.value?.url || next?.type !== film.value?.type || !sameItem) film.value = next;
    if (snapshotTimeline !== undefined) timeline.value = snapshotTimeline;
  }

  function showVoice(next: VoiceStatus | null): void {
    voice.value = next;
    const heard = new Set(
      next?.speakers.filter((one) => !one.muted && !one.mutedByHost && one.away !== true).map((one) => one.userId),
    );
    if ([...speaking.peek()].some((id) => !heard.has(id)))
      speaking.value = new Set([...speaking.peek()].filter((id) => heard.has(id)));
  }

  function setSpeaking(userId: string, on: boolean): void {
    if (speaking.peek().has(userId) === on || voice.peek()?.speakers.some((one) => one.userId === userId) !== true) return;
    const next = new Set(speaking.peek());
    if (on) next.add(userId);
    else next.delete(userId);
    speaking.value = next;
  }

  function change(id: string, how: (user: User) => User): void {
    users.value = users.value.map((user) => (user.id === id ? how(user) : user));
  }

  function put(user: User): void {
    const others = users.value.filter((known) => known.id !== user.id);
    users.value = [...others, user];
  }

  function updateSync(members: readonly MemberSync[]): void {
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

  /** Returns the list with this viewer in it, even if the server marked it as left or away. */
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
    largeRoomCount.value = big ? many : null;
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
    const tooMany = next.length - KNOWN_MEMBERS_MAX;
    users.value = withMe(tooMany > 0 ? next.filter((user, index) => user.isHost || index >= tooMany) : next);
  }

  function joined(payload: Payload<'room-joined'>): void {
    meId.value = payload.user.id;
    // The complete list follows; states from before a reconnect may be outdated.
    sync.value = new Map();
    loadRoom(payload.room, payload.timeline);
    if (!payload.room.users.some((user) => user.id === payload.user.id)) put(payload.user);
  }

  function onTimeline(next: Timeline): void {
    if (!supersedes(next, timeline.value)) return;
    if (next.undoUntil !== undefined) undoUntil.value = next.undoUntil;
    else if (next.reason === 'undo' || next.item !== timeline.value?.item) undoUntil.value = null;
    timeline.value = next;
  }

  /** Applies an event; events that do not concern the room's state are ignored. */
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
      case 'user-demoted':
        change(event.payload.userId, (user) => ({ ...user, isHost: false }));
        if (event.payload.userId === meId.value) knocks.value = [];
        break;
      case 'room-transferred':
        ownerId.value = event.payload.hostId;
        change(event.payload.hostId, (user) => ({ ...user, isHost: true }));
        break;
      case 'settings-changed':
        settings.value = event.payload.settings;
        break;
      case 'member-muted':
        change(event.payload.userId, (user) => ({ ...user, muted: event.payload.muted }));
        break;
      case 'knocks':
        if (event.payload.roomId === roomId.value) knocks.value = event.payload.knocks;
        break;
      case 'knock': {
        const { knockId, userName, at } = event.payload;
        knocks.value = [...knocks.value.filter((one) => one.knockId !== knockId), { knockId, userName, at }];
        break;
      }
      case 'invites-changed':
        inviteChanges.value++;
        break;
      case 'bans-changed':
        banChanges.value++;
        break;
      case 'knock-closed':
        knocks.value = knocks.value.filter((one) => one.knockId !== event.payload.knockId);
        break;
      case 'video-set':
        knownTitle.value = null;
        // Another film has none, whatever arrives first (SB4).
        if (film.value?.url !== event.payload.videoUrl) subtitles.value = NOTHING_SHARED;
        film.value = { url: event.payload.videoUrl, type: event.payload.videoType };
        break;
      case 'subtitles-changed':
        subtitles.value = { tracks: event.payload.tracks, by: event.payload.userId };
        break;
      case 'voice-state':
        if (voice.value !== null) showVoice({ ...voice.value, speakers: event.payload.speakers });
        break;
      case 'voice-speaking':
        setSpeaking(event.payload.userId, event.payload.on);
        break;
      case 'timeline':
        onTimeline(event.payload);
        break;
      case 'presence':
        presence(event.payload);
        break;
      case 'status':
        updateSync(event.payload.members);
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
    largeRoomCount.value = null;
    film.value = null;
    knownTitle.value = null;
    timeline.value = null;
    sync.value = new Map();
    waiting.value = null;
    settings.value = DEFAULT_SETTINGS;
    ownerId.value = null;
    knocks.value = [];
    undoUntil.value = null;
    subtitles.value = NOTHING_SHARED;
    showVoice(null);
  }

  function nameOf(id: string | null): string | null {
    return users.value.find((user) => user.id === id)?.name ?? null;
  }

  return {
    roomId,
    meId,
    users,
    largeRoomCount,
    count,
    film,
    knownTitle,
    filmTitle,
    timeline,
    sync,
    waiting,
    settings,
    ownerId,
    knocks,
    undoUntil,
    subtitles,
    voice,
    speaking,
    setSpeaking,
    inviteChanges,
    banChanges,
    me,
    isHost,
    isOwner,
    mayControl,
    hosts,
    apply,
    loadRoom,
    clear,
    nameOf,
  };
}

export type RoomStore = ReturnType<typeof createRoomStore>;
