// A client of the extensions: keeps its seat by token, its revision by epoch and seq, and its messages by id.
import { randomUUID } from 'node:crypto';
import { Client } from './client.mjs';

/** A known token is seated by the server itself; a client that has no seat by then asks for it. */
const SEATED_MS = 400;
/** The changes that only hosts receive. */
export const HOSTS_ONLY = ['knock', 'knock-closed', 'invites-changed', 'bans-changed', 'host-token-issued'];
const CHANGES = [
  'user-joined',
  'user-left',
  'user-away',
  'user-returned',
  'user-promoted',
  'user-demoted',
  'room-transferred',
  'settings-changed',
  'member-muted',
  ...HOSTS_ONLY,
  'new-message',
  'video-set',
  'video-played',
  'video-paused',
  'video-seeked',
  'waiting-set',
  'timeline',
  'presence',
];

export class ExtendedClient extends Client {
  timeline = null;
  /** Every change in the order in which it was applied: [epoch, seq, name, payload]. */
  changes = [];
  sessionToken = null;
  resumes = 0;
  snapshots = 0;
  /** The spans of changes that it has as a snapshot only: { from, to }, each a revision. */
  jumps = [];
  wasHost = null;

  #revision = null;
  #resuming = false;
  /** Changes received while the missing ones before them are requested. */
  #deferred = [];
  #pending = new Map();

  constructor({ options, ...rest }) {
    const auth = (give) => give(this.#auth());
    super({ ...rest, kind: 'extended', options: { reconnectionDelay: 250, randomizationFactor: 0.25, auth, ...options } });
    this.socket.on('room-created', ({ roomId, hostToken }) => Object.assign(this, { roomId, hostToken }));
    this.socket.on('room-joined', (joined) => this.#joined(joined));
    for (const name of CHANGES) this.socket.on(name, (payload) => this.#receive(name, payload));
    this.socket.on('room-transferred', ({ hostId, hostToken }) => {
      // The token of a former owner is void, and the new owner receives its own a moment later.
      if (hostToken !== undefined) this.hostToken = hostToken;
      else if (hostId !== this.userId) this.hostToken = null;
    });
    this.socket.on('stream-position', (revision) => {
      if (this.#revision !== null && !this.#isAt(revision)) this.#resume();
    });
  }

  get unacknowledged() {
    return this.#pending.size;
  }

  /** The revision of the last change it has applied: { epoch, seq }. */
  get revision() {
    return this.#revision;
  }

  /** Sends a message until it is acknowledged, always with the same id. */
  sendMessage(body, onAcknowledged) {
    this.#pending.set(randomUUID(), { body, onAcknowledged, inFlight: false });
    this.#sendPending();
  }

  connected() {
    if (this.roomId === null) this.#create();
    else if (this.sessionToken === null) this.#join();
    else this.later(() => this.#join(), SEATED_MS);
  }

  disconnected() {
    this.#resuming = false;
    this.#deferred = [];
    for (const message of this.#pending.values()) message.inFlight = false;
  }

  #auth() {
    return this.sessionToken === null ? { resume: true } : { resume: true, sessionToken: this.sessionToken, roomId: this.roomId };
  }

  #isAt({ epoch, seq }) {
    return epoch === this.#revision.epoch && seq === this.#revision.seq;
  }

  /** Creates a room, and tries again while the server rejects it on this connection. */
  async #create() {
    const { connection } = this;
    const isWanted = () => connection === this.connection && this.socket.connected && this.roomId === null;
    const answer = await this.request('create-room', { hostName: this.name });
    if (answer?.ok === true || !isWanted()) return;
    if (answer !== null && !answer.retryable) this.problems.push(`could not create a room: ${answer.code}`);
    this.later(() => isWanted() && this.#create());
  }

  async #join() {
    if (!this.socket.connected || this.seated) return;
    const payload = { roomId: this.roomId, userName: this.name, ...this.proof };
    if (this.sessionToken !== null) payload.sessionToken = this.sessionToken;
    if (this.hostToken !== null) payload.hostToken = this.hostToken;
    const answer = await this.request('join-room', payload);
    if (answer?.ok === true) return;
    if (answer !== null && !answer.retryable) this.problems.push(`could not join: ${answer.code}`);
    this.later(() => this.#join());
  }

  #joined(joined) {
    const { user, epoch, seq } = joined;
    if (this.userId !== null && this.userId !== user.id) this.problems.push(`came back as another user than ${this.userId}`);
    if (this.wasHost === true && !user.isHost) this.problems.push('was host and is none');
    this.wasHost = user.isHost;
    this.takeSeat(joined);
    this.sessionToken = joined.sessionToken ?? this.sessionToken;
    if (joined.timeline) this.timeline = joined.timeline;
    if (this.#revision === null) {
      this.#revision = { epoch, seq };
      for (const message of joined.messages) this.record(message, 'joined');
    } else if (!this.#isAt(joined)) {
      this.#resume();
    }
    this.#sendPending();
  }

  #receive(name, payload) {
    if (name === 'new-message') this.#recordLive(payload.message);
    this.#applyOrDefer(name, payload);
  }

  #applyOrDefer(name, payload) {
    if (this.#resuming) this.#deferred.push([name, payload]);
    else this.#apply(name, payload, 'live');
  }

  /** Records that a message came over this connection, whatever its revision. */
  #recordLive({ id, message: body }) {
    this.received.push({ body, id, at: performance.now(), how: 'live', connection: this.connection, shown: false });
  }

  #apply(name, payload, how) {
    const { epoch, seq, since } = payload;
    if (name === 'timeline') this.timeline = payload;
    if (seq === undefined || this.#revision === null) return;
    if (epoch < this.#revision.epoch || (epoch === this.#revision.epoch && seq < this.#revision.seq)) return;
    // A large room leaves out some changes; the event then names the seq after which nothing is missing.
    if (how === 'live' && (epoch !== this.#revision.epoch || (since ?? seq - 1) > this.#revision.seq)) {
      this.#deferred.push([name, payload]);
      this.#resume();
      return;
    }
    this.#revision = { epoch, seq };
    if (name === 'presence') return;
    this.changes.push([epoch, seq, name, payload]);
    if (name === 'new-message') this.record(payload.message, how === 'live' ? 'applied' : how);
  }

  /** Requests the changes after its revision, and applies them before those that were received meanwhile. */
  async #resume() {
    if (this.#resuming || !this.seated) return;
    this.#resuming = true;
    this.resumes++;
    const { connection } = this;
    const answer = await this.request('resume', { roomId: this.roomId, ...this.#revision });
    if (connection !== this.connection || !this.seated) return;
    this.#resuming = false;
    if (answer?.ok !== true) {
      if (answer !== null && !answer.retryable) this.problems.push(`could not resume: ${answer.code}`);
      this.later(() => this.#resume());
      return;
    }
    for (const [name, payload] of answer.events ?? []) this.#apply(name, payload, 'resume');
    if (answer.snapshot !== undefined) {
      this.jumps.push({ from: this.#revision, to: { epoch: answer.epoch, seq: answer.seq } });
      this.#takeSnapshot(answer.snapshot);
    }
    this.#revision = { epoch: answer.epoch, seq: answer.seq };
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const [name, payload] of deferred) this.#applyOrDefer(name, payload);
  }

  #takeSnapshot({ room, timeline, messages }) {
    this.snapshots++;
    this.room = room;
    this.timeline = timeline ?? this.timeline;
    for (const message of messages) this.record(message, 'snapshot');
  }

  #sendPending() {
    if (!this.seated) return;
    for (const [messageId, message] of this.#pending) {
      if (message.inFlight) continue;
      message.inFlight = true;
      this.attempt(message.body, { roomId: this.roomId, message: message.body, messageId }, (answer) => {
        if (answer.ok) {
          this.#pending.delete(messageId);
          message.onAcknowledged(answer);
          return;
        }
        if (!answer.retryable) this.problems.push(`was rejected for good: ${answer.code}`);
        this.later(() => {
          message.inFlight = false;
          this.#sendPending();
        });
      });
    }
  }
}
