// The common part of both clients: a socket that moves on to the next server, and a record of what was sent and received.
import { SOCKET_PATH, officialClient } from './socket-io.mjs';

const RETRY_MS = 500;
const ANSWER_MS_MAX = 8000;

export class Client {
  /** Each chat message received: { body, id, at, how, connection, shown }; bench/faults/verdict.mjs defines the fields. */
  received = [];
  /** Each chat message sent: { body, at, answeredAt, ok, code, cutAt }. */
  attempts = [];
  /** Sentences about what must not happen to a client. */
  problems = [];
  /** The reasons of lost and failed connections, in order. */
  interruptions = [];
  /** How often it has been connected. */
  connection = 0;
  seated = false;
  seatedAt = null;
  userId = null;
  roomId = null;
  hostToken = null;
  /** The room as it was last received whole. */
  room = null;
  /** What else it sends when it joins, such as a password or an invitation. */
  proof = {};

  #messageIds = new Set();
  #at;
  #timers = new Set();

  /**
   * @param urls of all servers; it starts at number `at` and moves on to the next when its own does not answer
   * @param options of socket.io-client
   * @param io the function that creates the socket
   */
  constructor({ name = 'Ana', kind = 'plain', urls, at = 0, options, io = officialClient() }) {
    Object.assign(this, { name, kind, urls });
    this.#at = at % urls.length;
    this.socket = io(urls[this.#at], {
      path: SOCKET_PATH,
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      // What is measured is the servers, not how long a client waits between two attempts.
      reconnectionDelayMax: 1000,
      ...options,
    });
    this.socket.on('connect', () => {
      this.connection++;
      this.connected?.();
    });
    this.socket.on('disconnect', (reason) => this.#lost(reason));
    this.socket.io.on('reconnect_error', () => this.#moveOn());
    this.socket.on('connect_error', (problem) => this.interruptions.push(problem?.description?.message ?? problem?.message));
    this.socket.on('room-closed', ({ reason }) => this.problems.push(`its room was closed (${reason})`));
    this.socket.on('session-replaced', () => this.problems.push('its seat was taken by another socket'));
  }

  /** Whether it is connected and has its seat. */
  get open() {
    return this.socket.connected && this.seated;
  }

  get url() {
    return this.urls[this.#at];
  }

  /** The number of messages that were sent and not yet acknowledged. */
  get unacknowledged() {
    return 0;
  }

  /** Connects to enter that room, or to create one. */
  enter(roomId = null, hostToken = null) {
    Object.assign(this, { roomId, hostToken });
    this.socket.connect();
  }

  leave() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.socket.disconnect();
  }

  /** Sends a request; returns its answer, or null when there was none in time. */
  request(event, payload, withinMs = ANSWER_MS_MAX) {
    return new Promise((resolve) => {
      this.socket.timeout(withinMs).emit(event, payload, (problem, answer) => resolve(problem ? null : answer));
    });
  }

  /** Runs that later, unless it leaves before. */
  later(run, ms = RETRY_MS) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  /** Sends a chat message and records the attempt; `onAnswer` gets the answer if one comes. */
  attempt(body, payload, onAnswer) {
    const attempt = { body, at: performance.now(), answeredAt: null, ok: false, code: null, cutAt: null };
    this.attempts.push(attempt);
    this.socket.emit('send-message', payload, (answer) => {
      if (attempt.cutAt !== null || attempt.answeredAt !== null) return;
      Object.assign(attempt, { answeredAt: performance.now(), ok: answer.ok === true, code: answer.code ?? null });
      onAnswer(answer);
    });
  }

  /** Records a chat message that was received. */
  record({ id, message: body }, how) {
    const shown = !this.#messageIds.has(id);
    this.#messageIds.add(id);
    this.received.push({ body, id, at: performance.now(), how, connection: this.connection, shown });
  }

  /** Records that it has its seat. */
  takeSeat({ room, user }) {
    this.room = room;
    this.seated = true;
    this.seatedAt ??= performance.now();
    this.roomId = room.id;
    this.userId = user.id;
  }

  #lost(reason) {
    this.interruptions.push(reason);
    this.seated = false;
    const now = performance.now();
    for (const attempt of this.attempts) if (attempt.answeredAt === null) attempt.cutAt ??= now;
    this.disconnected?.();
    this.#moveOn();
  }

  #moveOn() {
    this.#at = (this.#at + 1) % this.urls.length;
    this.socket.io.uri = this.urls[this.#at];
  }
}
