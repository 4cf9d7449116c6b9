// Rooms full of people who talk: who sits where, who says what when, and what is known of it afterwards.
import { ResumablePerson } from './people/resumable.mjs';
import { StockPerson } from './people/stock.mjs';
import { pause, until } from './waiting.mjs';

const KINDS = { resumable: ResumablePerson, stock: StockPerson };
const ENTER_MS_MAX = 30_000;
/** Who has so many unanswered messages says nothing new: nobody types on into a room that does not answer. */
const WAITING_MAX = 2;
const TICK_MS = 10;

export class Load {
  rooms = [];
  #ticker = null;
  #said = 0;
  #turn = 0;

  /**
   * @param rooms how many
   * @param perSecond messages in all of them together
   * @param urls of the instances; neighbours sit on different ones
   */
  constructor({ rooms = 20, perSecond = 200, urls }) {
    this.perSecond = perSecond;
    for (let n = 0; n < rooms; n++) {
      // Every other room is hosted by a client of the original.
      const kinds = n % 2 === 0 ? ['stock', 'resumable', 'resumable', 'stock'] : ['resumable', 'stock', 'stock', 'resumable'];
      const members = kinds.map((kind, seat) => new KINDS[kind]({ name: `R${n} P${seat}`, urls, at: n + seat }));
      this.rooms.push({ id: null, sends: [], members, turn: 0 });
    }
  }

  get people() {
    return this.rooms.flatMap(({ members }) => members);
  }

  async enter() {
    for (const { members } of this.rooms) members[0].enter(null);
    await this.#everybody((_, seat) => seat > 0);
    for (const room of this.rooms) {
      room.id = room.members[0].roomId;
      for (const member of room.members.slice(1)) member.enter(room.id);
    }
    await this.#everybody(() => false);
    for (const room of this.rooms) room.host = room.members[0].userId;
    // Who came first has heard of the others.
    await pause(300);
  }

  async #everybody(except) {
    const missing = () =>
      this.rooms.flatMap(({ members }) => members.filter((member, seat) => !except(member, seat) && !member.open));
    const otherwise = () => `not everybody came in: ${missing().map(({ name, problems }) => `${name} ${problems.join(', ')}`)}`;
    await until(() => missing().length === 0, ENTER_MS_MAX, otherwise);
  }

  /** A film in each room, and it plays. */
  async showFilm(videoUrl = 'https://films.example/long.mp4') {
    for (const { members, id } of this.rooms) {
      const set = await members[0].ask('set-video', { roomId: id, videoUrl });
      const play = await members[0].ask('play-video', { roomId: id, currentTime: 60 });
      if (set?.ok !== true || play?.ok !== true)
        throw new Error(`no film in ${id}: ${JSON.stringify(set)} ${JSON.stringify(play)}`);
    }
    await pause(1000);
  }

  start() {
    const from = performance.now();
    this.#said = 0;
    this.#ticker = setInterval(() => {
      const due = Math.floor(((performance.now() - from) / 1000) * this.perSecond);
      for (; this.#said < due; this.#said++) this.#sayNext();
    }, TICK_MS);
  }

  #sayNext() {
    const room = this.rooms[this.#turn++ % this.rooms.length];
    for (let tries = 0; tries < room.members.length; tries++) {
      const member = room.members[room.turn++ % room.members.length];
      if (!member.open || member.waiting >= WAITING_MAX) continue;
      const send = { body: `${room.id} ${room.sends.length}`, by: member.name, at: performance.now(), ackedAt: null };
      room.sends.push(send);
      member.say(send.body, ({ epoch, seq }) => Object.assign(send, { ackedAt: performance.now(), epoch, seq }));
      return;
    }
  }

  stop() {
    clearInterval(this.#ticker);
  }

  /** Nobody says anything new; waits until all is answered and has arrived, at most so long. */
  async settle(withinMs = 15_000) {
    const quiet = () => {
      const now = performance.now();
      return this.people.every((person) => person.open && person.waiting === 0 && !(person.heard.at(-1)?.at > now - 700));
    };
    await until(quiet, withinMs, '').catch(() => undefined);
  }

  attempts() {
    return this.people.flatMap(({ attempts }) => attempts);
  }

  reconnects() {
    return this.people.reduce((sum, { connection }) => sum + Math.max(0, connection - 1), 0);
  }

  leave() {
    this.stop();
    for (const person of this.people) person.leave();
  }

  /** What verdict.mjs judges. */
  records() {
    return this.rooms.map(({ id, sends, members }) => ({
      id,
      sends,
      members: members.map(({ name, kind, open, seatedAt, heard }) => ({ name, kind, open, seatedAt, heard })),
    }));
  }
}
