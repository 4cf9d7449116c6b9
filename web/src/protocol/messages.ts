/** The messages of the wire (docs/CONTRACT.md): a check for every server event, and the answers to commands. */
import { type Checked, Mismatch, bool, list, nullable, num, obj, oneOf, optional, str, enumOr, unread } from './check';
import { chatMessage, messageDeleted, messageEdited, messageReactions } from './chat';
import { knock, roomSettings } from './room-access';
import { speakers, voiceStatus } from './voice';

const user = obj({ id: str, name: str, isHost: bool, joinedAt: str, away: optional(bool), muted: optional(bool) });
const videoState = obj({ isPlaying: bool, currentTime: num, duration: num, lastUpdateTime: num });
/** Whether the room waits for stalled viewers, and how long (WT1). */
const waitingPolicy = {
  mode: oneOf('never', 'everyone'),
  seconds: num,
  graceMs: num,
  peopleMax: num,
  strikesMax: num,
};
const room = obj({
  id: str,
  hostId: str,
  hostName: str,
  videoUrl: optional(str),
  videoType: nullable(str),
  videoState,
  users: list(user),
  createdAt: str,
  waiting: optional(obj(waitingPolicy)),
  /** Number of members of a large room; `users` holds some of them (PS5). */
  userCount: optional(num),
  settings: optional(roomSettings),
  /** Those who wait for approval; hosts only. */
  knocks: optional(list(knock)),
  /** Checked by `queueState` of ./queue. */
  queue: optional(unread),
  /** Checked by `sharedTracks` of ./subtitles. */
  subtitles: optional(list(unread)),
  /** Absent on a server without voice. */
  voice: optional(voiceStatus),
});
const timeline = obj({
  epoch: num,
  seq: num,
  item: num,
  phase: oneOf('paused', 'preparing', 'playing'),
  position: num,
  rate: num,
  at: num,
  by: nullable(str),
  duration: nullable(num),
  serverTime: optional(num),
  reason: optional(str),
  /** Whether the room goes on by itself: when everybody is ready (TL9), or after a film that was stopped at its end (QU14). */
  resume: optional(bool),
  /** While preparing: the reason, the awaited members, and the deadline (server ms). */
  waiting: optional(obj({ reason: oneOf('seek', 'stall', 'next'), for: list(str), until: num })),
  /** After a jump: until when it can be undone (server ms). */
  undoUntil: optional(num),
  /** Server time less the programme time of a live stream, ms (LS1). */
  liveDelay: optional(num),
  since: optional(num),
});
/** Sync state of one member's player (ST1). */
const memberSync = obj({
  userId: str,
  drift: nullable(num),
  bound: nullable(num),
  // prettier-ignore
  state: enumOr('none', 'loading', 'ready', 'synced', 'correcting', 'buffering', 'blocked', 'free', 'failed', 'stuck', 'live', 'ended', 'no_copy'),
});

/** The revision of an event (SQ1), and the revision after which nothing before it is missing (PS4). */
const revision = { epoch: optional(num), seq: optional(num), since: optional(num) };
/** The member who did it, where the server names it. */
const by = { by: optional(str) };
const moment = obj({ currentTime: num, timestamp: num, userId: optional(str), ...revision });

export const serverEvents = {
  'room-created': obj({ roomId: str, room, hostToken: str, ...revision }),
  'room-joined': obj({
    room,
    user,
    messages: list(chatMessage),
    /** Whether the server has older messages; absent where it knows nothing but their text. */
    chatMore: optional(bool),
    timeline: optional(timeline),
    sessionToken: optional(str),
    resumed: optional(bool),
    ...revision,
  }),
  'user-joined': obj({ user, ...revision }),
  'user-left': obj({ userId: str, reason: optional(str), ...by, ...revision }),
  'user-away': obj({ userId: str, ...revision }),
  'user-returned': obj({ userId: str, ...revision }),
  'user-promoted': obj({ userId: str, userName: str, ...by, ...revision }),
  'user-demoted': obj({ userId: str, userName: str, ...by, ...revision }),
  /** Sent to the new owner a second time, with the token. */
  'room-transferred': obj({ hostId: str, hostName: str, hostToken: optional(str), ...by, ...revision }),
  /** The new owner has received its token; sent to the other hosts. */
  'host-token-issued': obj({ userId: str, ...revision }),
  'settings-changed': obj({ settings: roomSettings, userId: str, ...revision }),
  /** Checked by `queueChange` of ./queue; only the revision is checked here. */
  'queue-changed': (value: unknown, path: string) => ({ ...unread(value, path), ...obj(revision)(value, path) }),
  'subtitles-changed': obj({ tracks: list(unread), userId: optional(str), ...revision }),
  'voice-state': obj({ speakers, ...revision }),
  /** Checked by `readSignal` of ../voice/answers. */
  'voice-signal': obj({ from: str, userId: str, data: unread }),
  'voice-speaking': obj({ userId: str, on: bool }),
  'member-muted': obj({ userId: str, userName: str, muted: bool, ...by, ...revision }),
  knock: obj({ knockId: str, userName: str, at: num, ...revision }),
  'knock-closed': obj({
    knockId: str,
    outcome: enumOr('withdrawn', 'accepted', 'refused', 'expired', 'withdrawn'),
    ...by,
    ...revision,
  }),
  /** All who wait, for a member that has become a host. */
  knocks: obj({ roomId: str, knocks: list(knock) }),
  'invites-changed': obj({ userId: optional(str), ...revision }),
  'bans-changed': obj({ userId: optional(str), ...revision }),
  /** The answer to a client that waits for approval. */
  'entry-refused': obj({ roomId: str, reason: enumOr('refused', 'refused', 'expired', 'banned', 'closed', 'ended') }),
  'room-error': obj({ error: str }),
  error: obj({ error: str }),
  'video-set': obj({ videoUrl: str, videoType: nullable(str), userId: optional(str), ...revision }),
  'video-played': moment,
  'video-paused': moment,
  'video-seeked': moment,
  'sync-update': obj({ currentTime: num, isPlaying: bool, timestamp: num }),
  'new-message': obj({ message: chatMessage, ...revision }),
  'message-edited': messageEdited,
  'message-deleted': messageDeleted,
  'message-reactions': messageReactions,
  'user-typing': obj({ userId: str, userName: str }),
  'user-stopped-typing': obj({ userId: str }),
  /** Reactions to the film; without a member, counts of many (FX2). */
  'film-reactions': obj({ reactions: list(obj({ emoji: str, count: num })), userId: optional(str), userName: optional(str) }),
  timeline,
  'waiting-set': obj({ ...waitingPolicy, userId: str, ...revision }),
  status: obj({ members: list(memberSync) }),
  /** Changes of the members of a large room; with `users`, the complete list (PS2, PS3). */
  presence: obj({
    roomId: str,
    big: bool,
    count: num,
    joined: optional(list(user)),
    left: optional(list(str)),
    away: optional(list(str)),
    returned: optional(list(str)),
    users: optional(list(user)),
    ...revision,
  }),
  /** Whether the server can reach the store that holds the room (IN6). */
  'room-availability': obj({ roomId: str, available: bool }),
  /** The current revision of the room; a client at another revision has missed events (IN7). */
  'stream-position': obj({ roomId: str, epoch: num, seq: num }),
  'session-replaced': obj({}),
  'room-closed': obj({ roomId: str, reason: optional(str) }),
} as const;

export type User = Checked<typeof user>;
export type Room = Checked<typeof room>;
export type { ChatMessage } from './chat';
export type Timeline = Checked<typeof timeline>;
export type MemberSync = Checked<typeof memberSync>;
export type WaitingPolicy = NonNullable<Room['waiting']>;
export type ServerEventName = keyof typeof serverEvents;
export type Payload<N extends ServerEventName> = Checked<(typeof serverEvents)[N]>;
export type ServerEvent = { [N in ServerEventName]: { name: N; payload: Payload<N> } }[ServerEventName];

/** Returns the checked event, or why it is invalid. An unknown name is invalid. */
export function readEvent(name: string, payload: unknown): ServerEvent | Mismatch {
  if (!Object.hasOwn(serverEvents, name)) return new Mismatch(`unknown event ${name}`);
  try {
    const check = serverEvents[name as ServerEventName];
    return { name, payload: check(payload, name) } as ServerEvent;
  } catch (problem) {
    return problem instanceof Mismatch ? problem : new Mismatch(String(problem));
  }
}

/** The server's answer to a command (AK1). */
export type Ack = ({ ok: true } & Record<string, unknown>) | Rejection;

export interface Rejection {
  ok: false;
  code: string;
  error: string;
  retryable: boolean;
  /** The server accepts the command again after this time. */
  retryInMs?: number | undefined;
  /** With `invalid_data`: why a link is rejected (MD6). */
  reason?: string | undefined;
  /** With `approval_pending`: the knock, and the token with which the client finds it again. */
  knockId?: string | undefined;
  sessionToken?: string | undefined;
}

const rejection = obj({
  code: optional(str),
  error: optional(str),
  retryable: optional(bool),
  retryInMs: optional(num),
  reason: optional(str),
  knockId: optional(str),
  sessionToken: optional(str),
});

export function readAck(value: unknown): Ack {
  if (typeof value === 'object' && value !== null) {
    if ((value as { ok?: unknown }).ok === true) return value as Ack;
    try {
      const { code, error, retryable, ...more } = rejection(value, 'ack');
      return {
        ok: false,
        code: code ?? 'internal',
        error: error ?? 'The server refused.',
        retryable: retryable ?? false,
        ...more,
      };
    } catch {
      // handled below
    }
  }
  return { ok: false, code: 'internal', error: 'The server gave an answer that cannot be read.', retryable: true };
}

export const resumeAnswer = obj({
  epoch: num,
  seq: num,
  events: optional(
    list((value, path): [string, unknown] => {
      if (Array.isArray(value) && typeof value[0] === 'string') return [value[0], value[1]];
      throw new Mismatch(`${path}: expected [name, payload]`);
    }),
  ),
  snapshot: optional(obj({ room, messages: list(chatMessage), chatMore: optional(bool), timeline: optional(timeline) })),
});
export type ResumeAnswer = Checked<typeof resumeAnswer>;

/** Some members of a room, and how many match (PS6). */
export const membersAnswer = obj({ count: num, users: list(user) });

export const clockAnswer = obj({
  t1: num,
  t2: num,
  t3: num,
  clockEpoch: optional((value, path) =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : str(value, path),
  ),
  epoch: nullable(num),
  seq: nullable(num),
});
export type ClockAnswer = Checked<typeof clockAnswer>;
