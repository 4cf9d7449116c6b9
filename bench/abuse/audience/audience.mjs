// Rooms of members who watch: they send clock requests, chat now and then, and their hosts control the video. Each has an address.
import { ExtendedClient } from '../../../testkit/clients/extended-client.mjs';
import { until } from '../../../testkit/waiting.mjs';

const ENTER_MS_MAX = 30_000;
const CLOCK_MS = 500;
const CHAT_MS = 8000;
const CONTROL_MS = 5000;
const LATE_MS = 20;
const FILM = 'https://films.example/long.mp4';
/** The password of the rooms that have one. */
const PASSWORD = 'the right one';

/** Returns the address of a member within a network of the loopback. */
export const addressOf = (network, n) => `127.0.${network}.${1 + (n % 250)}`;

export class Audience {
  rooms = [];
  /** The greatest delay of this process itself, ms, which shows a machine that is too busy. */
  lateMs = 0;
  #timers = [];
  #sentAt = new Map();
  #sent = 0;
  #asked = new Set();

  constructor({ url, rooms, size, recorder }) {
    this.recorder = recorder;
    for (let room = 0; room < rooms; room++) {
      const members = [];
      for (let seat = 0; seat < size; seat++) {
        const localAddress = addressOf(1 + Math.floor((room * size + seat) / 250), room * size + seat);
        members.push(new ExtendedClient({ name: `Member ${room} ${seat}`, urls: [url], options: { localAddress } }));
      }
      this.rooms.push({ members, turn: 0 });
    }
  }

  get members() {
    return this.rooms.flatMap(({ members }) => members);
  }

  get roomId() {
    return this.rooms[0].members[0].roomId;
  }

  /** The rooms that ask newcomers for a password, nearly half of all and never the first, and that password. */
  get locked() {
    return { roomIds: this.#lockedRooms.map(({ members }) => members[0].roomId), password: PASSWORD };
  }

  get #lockedRooms() {
    return this.rooms.slice(Math.ceil(this.rooms.length / 2));
  }

  async enter() {
    for (const { members } of this.rooms) members[0].enter();
    await this.#seated(this.rooms.map(({ members }) => members[0]));
    for (const { members } of this.rooms) for (const guest of members.slice(1)) guest.enter(members[0].roomId);
    await this.#seated(this.members);
    for (const { members } of this.rooms) {
      const [host] = members;
      const set = await host.request('set-video', { roomId: host.roomId, videoUrl: FILM });
      const play = await host.request('play-video', { roomId: host.roomId, currentTime: 60 });
      if (set?.ok !== true || play?.ok !== true) throw new Error(`no film: ${JSON.stringify([set, play])}`);
    }
    for (const { members } of this.#lockedRooms) await this.#lock(members[0]);
    for (const member of this.members) this.#watch(member);
  }

  async #lock(host) {
    const { roomId } = host;
    const set = await host.request('set-password', { roomId, password: PASSWORD });
    const asked = await host.request('set-settings', { roomId, entry: 'password' });
    if (set?.ok !== true || asked?.ok !== true) throw new Error(`no password: ${JSON.stringify([set, asked])}`);
  }

  #seated(members) {
    const missing = () => members.filter(({ open }) => !open).map(({ name, problems }) => `${name} ${problems.join(', ')}`);
    const what = () => `all are seated; missing: ${missing().join('; ')}`;
    return until(what, () => missing().length === 0, { withinMs: ENTER_MS_MAX });
  }

  #watch(member) {
    const { socket, name } = member;
    socket.on('disconnect', (why) => this.recorder.disconnected(name, why));
    for (const event of ['error', 'room-error'])
      socket.on(event, ({ error }) => this.recorder.refused(performance.now(), name, `${event}: ${error}`));
    socket.on('new-message', ({ message }) => {
      const at = this.#sentAt.get(message.message);
      if (at !== undefined) this.recorder.chat(at, performance.now() - at);
    });
  }

  start() {
    for (const [n, member] of this.members.entries()) {
      this.#every(CLOCK_MS, (n * CLOCK_MS) / this.members.length, () => this.#askClock(member));
      this.#every(CHAT_MS, (n * CHAT_MS) / this.members.length, () => this.#talk(member));
    }
    for (const [n, room] of this.rooms.entries())
      this.#every(CONTROL_MS, (n * CONTROL_MS) / this.rooms.length, () => void this.#control(room));
  }

  #every(ms, after, run) {
    const from = performance.now() + after;
    let turn = 0;
    const next = () => {
      const due = from + turn++ * ms;
      const timer = setTimeout(() => {
        this.#timers.splice(this.#timers.indexOf(timer), 1);
        const late = performance.now() - due;
        if (late > LATE_MS) this.lateMs = Math.max(this.lateMs, late);
        run();
        next();
      }, due - performance.now());
      this.#timers.push(timer);
    };
    next();
  }

  async #askClock(member) {
    const at = performance.now();
    const question = { at };
    this.#asked.add(question);
    const answer = await member.request('clock', { t1: at });
    this.#asked.delete(question);
    this.recorder.clock(at, member.name, answer);
  }

  #talk(member) {
    const at = performance.now();
    const body = `line ${this.#sent++}`;
    this.#sentAt.set(body, at);
    // A rejected message is sent again, and shows among the attempts.
    member.sendMessage(body, () => undefined);
  }

  async #control(room) {
    const [host] = room.members;
    const [event, currentTime] = [
      ['pause-video', 70],
      ['play-video', 70],
      ['seek-video', 100],
    ][room.turn++ % 3];
    const at = performance.now();
    const answer = await host.request(event, { roomId: host.roomId, currentTime });
    if (answer?.ok !== true) this.recorder.refused(at, host.name, `${event}: ${answer === null ? 'no answer' : answer.code}`);
  }

  /** Returns how many requests sent before that moment have no answer yet. */
  waiting(before) {
    return [...this.#asked].filter(({ at }) => at < before).length;
  }

  /** Sends nothing new. */
  stop() {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  /** Returns the rejected messages between these moments. */
  refusedMessages(from, to) {
    return this.members.flatMap(({ name, attempts }) =>
      attempts
        .filter(({ at, answeredAt, ok }) => at >= from && at < to && answeredAt !== null && !ok)
        .map(({ at, code }) => ({ at, who: name, what: `send-message: ${code}` })),
    );
  }

  leave() {
    this.stop();
    for (const member of this.members) member.leave();
  }
}
