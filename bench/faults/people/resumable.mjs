// A client that uses the extensions: keeps its seat by token, its place in the stream by epoch and seq, its messages by id.
import { randomUUID } from 'node:crypto';
import { Person } from './person.mjs';

/** A known token is seated by the server itself; who is not by then asks. */
const SEATED_BY_ITSELF_MS = 400;
const STREAM = [
  'user-joined',
  'user-left',
  'user-away',
  'user-returned',
  'user-promoted',
  'new-message',
  'video-set',
  'video-played',
  'video-paused',
  'video-seeked',
  'waiting-set',
  'timeline',
  'presence',
];

export class ResumablePerson extends Person {
  timeline = null;
  /** Every change in the order in which it became known here: [epoch, seq, name, payload]. */
  changes = [];
  sessionToken = null;
  resumes = 0;
  snapshots = 0;
  wasHost = null;

  #place = null;
  #resuming = false;
  #behind = [];
  #pending = new Map();

  constructor(options) {
    super({
      ...options,
      kind: 'resumable',
      options: { reconnectionDelay: 250, randomizationFactor: 0.25, auth: (give) => give(this.#auth()) },
    });
    this.socket.on('room-created', ({ roomId, hostToken }) => Object.assign(this, { roomId, hostToken }));
    this.socket.on('room-joined', (joined) => this.#joined(joined));
    for (const name of STREAM) this.socket.on(name, (payload) => this.#told(name, payload));
    this.socket.on('stream-position', ({ epoch, seq }) => {
      if (this.#place !== null && (epoch !== this.#place.epoch || seq !== this.#place.seq)) this.#resume();
    });
  }

  get waiting() {
    return this.#pending.size;
  }

  get place() {
    return this.#place;
  }

  /** Says it until it is acknowledged, always under the same id. */
  say(body, acknowledged) {
    this.#pending.set(randomUUID(), { body, acknowledged, under: false });
    this.#sendPending();
  }

  connected() {
    if (this.roomId === null) this.socket.emit('create-room', { hostName: this.name });
    else if (this.sessionToken === null) this.#askIn();
    else this.soon(() => this.#askIn(), SEATED_BY_ITSELF_MS);
  }

  lost() {
    this.#resuming = false;
    this.#behind = [];
    for (const message of this.#pending.values()) message.under = false;
  }

  #auth() {
    return this.sessionToken === null ? { resume: true } : { resume: true, sessionToken: this.sessionToken, roomId: this.roomId };
  }

  async #askIn() {
    if (!this.socket.connected || this.seated) return;
    const payload = { roomId: this.roomId, userName: this.name };
    if (this.sessionToken !== null) payload.sessionToken = this.sessionToken;
    if (this.hostToken !== null) payload.hostToken = this.hostToken;
    const answer = await this.ask('join-room', payload);
    if (answer?.ok === true) return;
    if (answer !== null && !answer.retryable) this.problems.push(`could not come in: ${answer.code}`);
    this.soon(() => this.#askIn());
  }

  #joined(joined) {
    const { user, epoch, seq } = joined;
    if (this.userId !== null && this.userId !== user.id) this.problems.push(`came back as another user than ${this.userId}`);
    if (this.wasHost === true && !user.isHost) this.problems.push('was host and is none');
    this.wasHost = user.isHost;
    this.sat(joined);
    this.sessionToken = joined.sessionToken ?? this.sessionToken;
    if (joined.timeline) this.timeline = joined.timeline;
    if (this.#place === null) {
      this.#place = { epoch, seq };
      for (const message of joined.messages) this.hear(message, 'joined');
    } else if (epoch !== this.#place.epoch || seq !== this.#place.seq) {
      this.#resume();
    }
    this.#sendPending();
  }

  #told(name, payload) {
    if (name === 'new-message') this.#noteLive(payload.message);
    this.#take(name, payload);
  }

  #take(name, payload) {
    if (this.#resuming) this.#behind.push([name, payload]);
    else this.#apply(name, payload, 'live');
  }

  /** Remembers that it came over this connection, whatever its place in the stream says about it. */
  #noteLive({ id, message: body }) {
    this.heard.push({ body, id, at: performance.now(), how: 'live', connection: this.connection, shown: false });
  }

  #apply(name, payload, how) {
    const { epoch, seq, since } = payload;
    if (name === 'timeline') this.timeline = payload;
    if (seq === undefined || this.#place === null) return;
    if (epoch < this.#place.epoch || (epoch === this.#place.epoch && seq < this.#place.seq)) return;
    // In a big room some changes are not told: then the event says after which place nothing is missing.
    if (how === 'live' && (epoch !== this.#place.epoch || (since ?? seq - 1) > this.#place.seq)) {
      this.#behind.push([name, payload]);
      this.#resume();
      return;
    }
    this.#place = { epoch, seq };
    if (name === 'presence') return;
    this.changes.push([epoch, seq, name, payload]);
    if (name === 'new-message') this.hear(payload.message, how === 'live' ? 'told' : how);
  }

  /** Asks for what came after its place, and puts it before what was told meanwhile. */
  async #resume() {
    if (this.#resuming || !this.seated) return;
    this.#resuming = true;
    this.resumes++;
    const { connection } = this;
    const answer = await this.ask('resume', { roomId: this.roomId, ...this.#place });
    if (connection !== this.connection || !this.seated) return;
    this.#resuming = false;
    if (answer?.ok !== true) {
      if (answer !== null && !answer.retryable) this.problems.push(`could not resume: ${answer.code}`);
      this.soon(() => this.#resume());
      return;
    }
    for (const [name, payload] of answer.events ?? []) this.#apply(name, payload, 'resume');
    if (answer.snapshot !== undefined) {
      this.snapshots++;
      this.room = answer.snapshot.room;
      this.timeline = answer.snapshot.timeline ?? this.timeline;
      for (const message of answer.snapshot.messages) this.hear(message, 'snapshot');
    }
    this.#place = { epoch: answer.epoch, seq: answer.seq };
    const behind = this.#behind;
    this.#behind = [];
    for (const [name, payload] of behind) this.#take(name, payload);
  }

  #sendPending() {
    if (!this.seated) return;
    for (const [messageId, message] of this.#pending) {
      if (message.under) continue;
      message.under = true;
      this.emit(message.body, { roomId: this.roomId, message: message.body, messageId }, (answer) => {
        if (answer.ok) {
          this.#pending.delete(messageId);
          message.acknowledged(answer);
          return;
        }
        if (!answer.retryable) this.problems.push(`was refused for good: ${answer.code}`);
        this.soon(() => {
          message.under = false;
          this.#sendPending();
        });
      });
    }
  }
}
