// A client that comes to a room and leaves it again: it joins or waits at the door, and keeps what it received.
import { Client } from '../../../testkit/clients/client.mjs';
import { pause, until } from '../../../testkit/waiting.mjs';

const ANSWER_MS_MAX = 30_000;
const RETRY_MS = 200;
const LOOK_MS = 20;
const REMOVED = 'You were removed from this room.';

export class Visitor extends Client {
  /** Each join: { name, at, answeredAt, cutAt, ok, code, knockId }. */
  joins = [];
  /** The names of all events that it has received. */
  eventNames = new Set();
  /** 'out', 'waiting', 'in', 'removed' or 'refused'. */
  state = 'out';
  reason = null;
  knockId = null;
  /** When it lost its connection last. */
  lostAt = null;
  sessionToken = null;
  /** Each room that it has received, and when: { from, to, room }. */
  rooms = [];

  #wants = false;
  #asking = null;

  /**
   * @param browser the key of its browser, which a base client has not
   * @param address the client address, which the server believes of a proxy on this machine
   */
  constructor({ browser = null, address, options, ...rest }) {
    const auth = (give) => give(this.#auth());
    const extraHeaders = { 'X-Forwarded-For': address };
    super({ ...rest, options: { reconnectionDelay: 250, extraHeaders, auth, ...options } });
    Object.assign(this, { browser, address });
    this.socket.onAny((name) => this.eventNames.add(name));
    this.socket.on('room-joined', (joined) => {
      this.takeSeat(joined);
      this.sessionToken = joined.sessionToken ?? this.sessionToken;
      this.state = 'in';
      this.rooms.push({ from: this.joins.at(-1)?.at ?? 0, to: performance.now(), room: joined.room });
    });
    this.socket.on('entry-refused', ({ reason }) => this.#end('refused', reason));
    this.socket.on('room-closed', ({ reason }) => this.#end('removed', reason));
    this.socket.on('room-error', ({ error }) => {
      if (error === REMOVED) this.#end('removed', 'removed');
    });
  }

  get extended() {
    return this.browser !== null;
  }

  /** Comes to a room; returns 'in', 'waiting', or the code of the rejection. */
  join(roomId, proof = {}) {
    Object.assign(this, { roomId, proof });
    this.#wants = true;
    this.socket.connect();
    return this.#ask();
  }

  /** Waits until it is in, refused or removed. */
  settled(withinMs = ANSWER_MS_MAX) {
    const what = () => `${this.name} is in or refused, and is ${this.state}`;
    return until(what, () => ['in', 'refused', 'removed'].includes(this.state), { withinMs, everyMs: 20 });
  }

  connected() {
    if (this.connection > 1 && this.#wants) void this.#ask().catch((problem) => this.problems.push(problem.message));
  }

  disconnected() {
    this.lostAt = performance.now();
    if (this.state === 'in') this.state = 'out';
  }

  /** Leaves the room, by the next instance when its own has died. */
  async depart() {
    if (this.#wants && this.state !== 'refused') {
      const left = async () => {
        if (!this.#wants) return true;
        if (this.state !== 'in') return false;
        return (await this.request('leave-room', { roomId: this.roomId }))?.ok === true;
      };
      await until(() => `${this.name} leaves, and is ${this.state}`, left, { withinMs: ANSWER_MS_MAX });
    }
    this.#wants = false;
    this.leave();
  }

  leave() {
    this.#wants = false;
    super.leave();
  }

  #auth() {
    if (!this.extended) return {};
    const seat = this.sessionToken === null ? {} : { sessionToken: this.sessionToken, roomId: this.roomId };
    return { resume: true, browserKey: this.browser, ...seat };
  }

  #end(state, reason) {
    Object.assign(this, { state, reason, seated: false });
    this.#wants = false;
  }

  #ask() {
    this.#asking ??= this.#askUntilAnswered().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #askUntilAnswered() {
    const end = performance.now() + ANSWER_MS_MAX;
    while (performance.now() < end) {
      if (!this.#wants) return this.state;
      if (this.socket.connected) {
        const result = await this.#askOnce();
        if (result !== null) return result;
      }
      await pause(this.socket.connected ? RETRY_MS : LOOK_MS);
    }
    throw new Error(`${this.name} had no answer to its join`);
  }

  async #askOnce() {
    const one = { name: this.name, at: performance.now(), answeredAt: null, cutAt: null, ok: false, code: null, knockId: null };
    this.joins.push(one);
    const payload = { roomId: this.roomId, userName: this.name, ...this.proof };
    if (this.sessionToken !== null) payload.sessionToken = this.sessionToken;
    const answer = await this.request('join-room', payload);
    const now = performance.now();
    if (answer === null) {
      one.cutAt = now;
      return this.seated ? 'in' : null;
    }
    Object.assign(one, { answeredAt: now, ok: answer.ok === true, code: answer.code ?? null, knockId: answer.knockId ?? null });
    if (answer.ok === true) return 'in';
    if (answer.code === 'approval_pending') {
      this.knockId = answer.knockId;
      this.sessionToken = answer.sessionToken ?? this.sessionToken;
      if (this.state === 'out') this.state = 'waiting';
      return 'waiting';
    }
    // The seat of a join whose answer was lost, or of a base client, keeps its name until the instance is known to be dead.
    const mayHaveSeat = this.joins.some(({ cutAt }) => cutAt !== null) || (!this.extended && this.lostAt !== null);
    const isOwnSeat = answer.code === 'name_taken' && mayHaveSeat;
    return answer.retryable || isOwnSeat ? null : answer.code;
  }
}
