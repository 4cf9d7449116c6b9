// What both kinds of people have in common: a socket that goes on to the next instance, and a memory of what was said and heard.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));

const AGAIN_MS = 500;

/** Looked for late, so that the command line can be explained before anything is built. */
const officialClient = () => require('socket.io-client').io;

export class Person {
  /** What it was told, in order; verdict.mjs says what the fields mean. */
  heard = [];
  /** Each time it sent something: { body, at, answeredAt, ok, code, cutAt }. */
  attempts = [];
  /** Sentences about what must not be. */
  problems = [];
  connection = 0;
  seated = false;
  seatedAt = null;
  userId = null;
  roomId = null;
  hostToken = null;
  /** The room as this person last saw it whole. */
  room = null;

  #known = new Set();
  #at;
  #timers = new Set();

  /**
   * @param urls of all instances; it starts at `at` and goes on to the next when its own does not answer
   * @param options of socket.io-client, beside path and reconnection
   * @param io makes the socket
   */
  constructor({ name, kind, urls, at, options, io = officialClient() }) {
    Object.assign(this, { name, kind, urls });
    this.#at = at % urls.length;
    this.socket = io(urls[this.#at], {
      path: '/api/socket/io',
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      // So that what is measured is the servers, not how long a client rests between two tries.
      reconnectionDelayMax: 1000,
      ...options,
    });
    this.socket.on('connect', () => {
      this.connection++;
      this.connected();
    });
    this.socket.on('disconnect', () => this.#lost());
    this.socket.io.on('reconnect_error', () => this.#next());
    this.socket.on('connect_error', () => undefined);
    this.socket.on('room-closed', ({ reason }) => this.problems.push(`its room was closed (${reason})`));
    this.socket.on('session-replaced', () => this.problems.push('its seat was taken by another socket'));
  }

  get open() {
    return this.socket.connected && this.seated;
  }

  get url() {
    return this.urls[this.#at];
  }

  /** How many messages it has sent and not been answered well. */
  get waiting() {
    return 0;
  }

  enter(roomId, hostToken = null) {
    Object.assign(this, { roomId, hostToken });
    this.socket.connect();
  }

  leave() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.socket.disconnect();
  }

  /** Asks for something; null when the line went before the answer came. */
  ask(event, payload, withinMs = 8000) {
    return new Promise((resolve) => {
      this.socket.timeout(withinMs).emit(event, payload, (problem, answer) => resolve(problem ? null : answer));
    });
  }

  /** Once more in a little while, if it still wants to. */
  soon(run, ms = AGAIN_MS) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  /** Sends a message and remembers how it went; `done(answer)` gets the answer if one comes. */
  emit(body, payload, done) {
    const attempt = { body, at: performance.now(), answeredAt: null, ok: false, code: null, cutAt: null };
    this.attempts.push(attempt);
    this.socket.emit('send-message', payload, (answer) => {
      if (attempt.cutAt !== null || attempt.answeredAt !== null) return;
      Object.assign(attempt, { answeredAt: performance.now(), ok: answer.ok === true, code: answer.code ?? null });
      done(answer);
    });
  }

  hear({ id, message: body }, how) {
    const shown = !this.#known.has(id);
    this.#known.add(id);
    this.heard.push({ body, id, at: performance.now(), how, connection: this.connection, shown });
  }

  sat({ room, user }) {
    this.room = room;
    this.seated = true;
    this.seatedAt ??= performance.now();
    this.roomId = room.id;
    this.userId = user.id;
  }

  #lost() {
    this.seated = false;
    const now = performance.now();
    for (const attempt of this.attempts) if (attempt.answeredAt === null) attempt.cutAt ??= now;
    this.lost?.();
    this.#next();
  }

  #next() {
    this.#at = (this.#at + 1) % this.urls.length;
    this.socket.io.uri = this.urls[this.#at];
  }
}
