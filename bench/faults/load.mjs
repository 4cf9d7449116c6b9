// Rooms of clients that chat: which client is connected where, which sends what and when, and the records of it.
import { ExtendedClient } from '../../testkit/clients/extended-client.mjs';
import { StockClient } from '../../testkit/clients/stock-client.mjs';
import { pause, until } from '../../testkit/waiting.mjs';

const KINDS = { extended: ExtendedClient, stock: StockClient };
const ENTER_MS_MAX = 30_000;
/** A client with so many unacknowledged messages sends no new one, as users do not type on into a room that does not answer. */
const UNACKNOWLEDGED_MAX = 2;
const SETTLED_MS = 700;
const TICK_MS = 10;
/** Every other room has a base client as its host. */
const kindsByTurns = (n) =>
  n % 2 === 0 ? ['stock', 'extended', 'extended', 'stock'] : ['extended', 'stock', 'stock', 'extended'];

export class Load {
  rooms = [];
  #ticker = null;
  #sent = 0;
  #turn = 0;

  /**
   * @param rooms how many
   * @param perSecond messages in all rooms together
   * @param urls of the instances; the members of a room are spread over them
   * @param kindsOf the kinds of the members of each room, the creator first
   */
  constructor({ rooms = 20, perSecond = 200, urls, kindsOf = kindsByTurns }) {
    this.perSecond = perSecond;
    for (let n = 0; n < rooms; n++) {
      const members = kindsOf(n).map((kind, seat) => new KINDS[kind]({ name: `R${n} P${seat}`, urls, at: n + seat }));
      this.rooms.push({ id: null, sends: [], members, turn: 0 });
    }
  }

  get clients() {
    return this.rooms.flatMap(({ members }) => members);
  }

  async enter() {
    for (const { members } of this.rooms) members[0].enter();
    await this.#seated(({ members }) => members.slice(0, 1));
    for (const room of this.rooms) {
      room.id = room.members[0].roomId;
      for (const member of room.members.slice(1)) member.enter(room.id);
    }
    await this.#seated(({ members }) => members);
    for (const room of this.rooms) room.host = room.members[0].userId;
    // The members who joined first have received the events of the others.
    await pause(300);
  }

  async #seated(membersOf) {
    const missing = () => this.rooms.flatMap((room) => membersOf(room).filter(({ open }) => !open));
    const what = () => `all are seated; missing: ${missing().map(({ name, problems }) => `${name} ${problems.join(', ')}`)}`;
    await until(what, () => missing().length === 0, { withinMs: ENTER_MS_MAX });
  }

  /** Plays a video in each room. */
  async playVideo(videoUrl = 'https://films.example/long.mp4') {
    for (const { members, id } of this.rooms) {
      const set = await members[0].request('set-video', { roomId: id, videoUrl });
      const play = await members[0].request('play-video', { roomId: id, currentTime: 60 });
      if (set?.ok !== true || play?.ok !== true)
        throw new Error(`no video in ${id}: ${JSON.stringify(set)} ${JSON.stringify(play)}`);
    }
    await pause(1000);
  }

  start() {
    const from = performance.now();
    this.#sent = 0;
    this.#ticker = setInterval(() => {
      const due = Math.floor(((performance.now() - from) / 1000) * this.perSecond);
      for (; this.#sent < due; this.#sent++) this.#sendNext();
    }, TICK_MS);
  }

  #sendNext() {
    const room = this.rooms[this.#turn++ % this.rooms.length];
    for (let tries = 0; tries < room.members.length; tries++) {
      const member = room.members[room.turn++ % room.members.length];
      if (!member.open || member.unacknowledged >= UNACKNOWLEDGED_MAX) continue;
      const send = { body: `${room.id} ${room.sends.length}`, by: member.name, at: performance.now(), ackedAt: null };
      room.sends.push(send);
      member.sendMessage(send.body, ({ epoch, seq }) => Object.assign(send, { ackedAt: performance.now(), epoch, seq }));
      return;
    }
  }

  stop() {
    clearInterval(this.#ticker);
  }

  /** Waits until all messages are acknowledged and nothing more arrives, at most so long. */
  async settle(withinMs = 15_000) {
    const quiet = () => {
      const now = performance.now();
      const isQuiet = ({ open, unacknowledged, received }) =>
        open && unacknowledged === 0 && !(received.at(-1)?.at > now - SETTLED_MS);
      return this.clients.every(isQuiet);
    };
    await until('nothing more arrives', quiet, { withinMs }).catch(() => undefined);
  }

  attempts() {
    return this.clients.flatMap(({ attempts }) => attempts);
  }

  reconnects() {
    return this.clients.reduce((sum, { connection }) => sum + Math.max(0, connection - 1), 0);
  }

  leave() {
    this.stop();
    for (const client of this.clients) client.leave();
  }

  /** The records that verdict.mjs judges. */
  records() {
    return this.rooms.map(({ id, sends, members }) => ({
      id,
      sends,
      members: members.map(({ name, kind, open, seatedAt, received }) => ({ name, kind, open, seatedAt, received })),
    }));
  }
}
