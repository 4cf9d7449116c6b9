// Rooms of 20 as this server and bench/peer-node keep them in Redis, and what a play writes and publishes.
import { createHash } from 'node:crypto';

export const MEMBERS = 20;
/** As many as in the benchmark's scenario `rooms`. */
export const ROOMS = 50;
export const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** As in CommitScript.java. */
const LOG_SIZE = 128;
const LOG_LIFETIME_MS = 600_000;
const PERIOD_MS = 60_000;

const EPOCH = 1_764_000_000_000;
const FILM = 'https://films.example/a-film-of-some-length.mp4';
const FILM_MS = 5_400_000;
const INSTANCE = '6f1b7a52-3c0e-4f7d-9a41-0d5c2b8e7f63';

const hashOf = (text) => createHash('sha256').update(text).digest('hex');
/** A UUID for each number. */
const userId = (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const roomId = (letter, n) => `${letter}${n.toString(36).toUpperCase().padStart(5, '0')}`;
const positionAt = (now) => (now % FILM_MS) / 1000;

/** A room of this server. The rooms of each script begin with a letter of their own. */
export class CommittedRoom {
  seq = 1;
  #nonces = 0;

  constructor(letter, n) {
    this.id = roomId(letter, n);
    const tag = `{${this.id}}`;
    this.channel = `events:${tag}`;
    this.keys = [`room:${tag}`, `chat:${tag}`, `log:${tag}`, `lost:${tag}`, this.channel];
    this.members = Array.from({ length: MEMBERS }, (_, member) => userId(n * MEMBERS + member));
    this.hostToken = hashOf(this.id);
  }

  /** Returns the command that writes the room, as create.lua does. */
  creation(now) {
    const fields = this.members.flatMap((id, n) => [`m:${id}`, `${n + 1} ${JSON.stringify(this.#member(id, n, now))}`]);
    const state = JSON.stringify(this.#state(this.seq, now));
    return ['HSET', this.keys[0], 'epoch', EPOCH, 'seq', this.seq, 'state', state, 'places', MEMBERS, ...fields];
  }

  #member(id, n, now) {
    return { id, name: `Member ${n}`, host: n === 0, joinedAt: now, session: hashOf(id), instance: INSTANCE };
  }

  #timeline(seq, now) {
    const [host] = this.members;
    const place = { position: positionAt(now), rate: 1, at: now, resume: false, by: host };
    return { seq, item: 1, phase: 'playing', ...place, duration: FILM_MS / 1000, calm: 0 };
  }

  #state(seq, now) {
    const [host] = this.members;
    return {
      v: 1,
      id: this.id,
      epoch: EPOCH,
      seq,
      creator: 'Member 0',
      hostToken: this.hostToken,
      hostId: host,
      hostName: 'Member 0',
      media: { url: FILM, kind: 'video' },
      timeline: this.#timeline(seq, now),
      waiting: { mode: 'never', seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3 },
      createdAt: EPOCH,
      lastWrite: now,
      secret: this.hostToken,
    };
  }

  /** Returns the next play as the arguments of a script of that form, which answers 1. */
  play({ form, publish, now }) {
    const before = this.seq++;
    const after = this.seq;
    const nonce = `${INSTANCE}:${++this.#nonces}`;
    const state = JSON.stringify(this.#state(after, now));
    const timeline = this.#timeline(after, now);
    const { position, at, by } = timeline;
    const events = [
      { t: 'controlled', seq: after, action: 'played', position, at, by },
      { t: 'timeline', seq: after, timeline, reason: 'play' },
    ];
    const message = `CHANGE ${EPOCH} ${before} ${after} ${nonce}\n{"state":${state},"events":${JSON.stringify(events)}}`;
    const change = { before, after, nonce, state, message, publish, now };
    if (form === 'plain') return withoutPeriods(change);
    // No other field removed or written; before, an entry state that stays.
    return withPeriods(change, form === 'fields' ? [0] : ['']);
  }
}

/** Returns the form of a commit.lua's arguments: `fields` since decision 28, `periods` since 25, `plain` before. */
export function formOf(source) {
  if (/\bfirst_field\b/.test(source)) return 'fields';
  return /\blog_lifetime, period\b/.test(source) ? 'periods' : 'plain';
}

/** No member removed or upserted, and the chat unchanged. */
const NO_MORE = [0, 0, -1];

function withPeriods({ before, after, nonce, state, message, publish, now }, others) {
  const times = [LIFETIME_MS + PERIOD_MS, LOG_SIZE, LOG_LIFETIME_MS + PERIOD_MS, Math.floor(now / PERIOD_MS)];
  return [EPOCH, before, after, nonce, ...times, publish, message, 0, state, ...others, ...NO_MORE];
}

function withoutPeriods({ before, after, nonce, state, message, publish }) {
  return [EPOCH, before, after, nonce, LIFETIME_MS, LOG_SIZE, LOG_LIFETIME_MS, publish, message, 0, state, ...NO_MORE];
}

/** A room of bench/peer-node: one text. */
export class PeerRoom {
  constructor(n) {
    this.id = roomId('P', n);
    this.key = `room:${this.id}`;
    this.channel = `events:${this.id}`;
    const joinedAt = new Date(EPOCH).toISOString();
    const users = Array.from({ length: MEMBERS }, (_, member) => ({
      id: userId(n * MEMBERS + member),
      name: `Member ${member}`,
      isHost: member === 0,
      joinedAt,
    }));
    const host = { hostId: users[0].id, hostName: 'Member 0', hostToken: userId(n) };
    this.room = { id: this.id, ...host, videoType: 'video', videoUrl: FILM, videoState: {}, users, createdAt: joinedAt };
  }

  /** Returns the room after a play, as it is written. */
  played(now) {
    this.room.videoState = { isPlaying: true, currentTime: positionAt(now), duration: 0, lastUpdateTime: now };
    return JSON.stringify(this.room);
  }

  /** Returns what a play would tell other instances; the peer has none. */
  event(now) {
    return JSON.stringify(['video-played', { currentTime: positionAt(now), timestamp: now }, this.id]);
  }
}
