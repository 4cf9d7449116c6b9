// A room whose rights change: its hosts, guests and visitors, what it is asked during the fault, and what it must be at the end.
import { HOSTS_ONLY } from '../../../testkit/clients/extended-client.mjs';
import { pause, until } from '../../../testkit/waiting.mjs';
import { endDiffers } from '../faults/replay.mjs';
import { roomSnapshot } from '../seats.mjs';
import { HostChanges } from './host-changes.mjs';
import { Ledger, SETTLED_MS } from './ledger.mjs';
import { judgeChanges, judgeReading, lostKnocks, thingsOf, wrongRejections } from './judge.mjs';
import { Visits } from './visits.mjs';

const SECRETS = new Set([...HOSTS_ONLY, 'knocks']);
const FIRST_PASSWORD = 'secret at first';
const TOKEN_MS_MAX = 5000;
const LEFT_MS_MAX = 15_000;

export class RightsRoom {
  /** The answers to what was asked about the room. */
  readings = [];
  #ledger = new Ledger();
  #leaks = [];
  #closeDoor = () => undefined;

  /**
   * @param kind 'link', 'approval' or 'password'
   * @param first where the changes of its hosts begin
   */
  constructor({ room, kind, urls, first }) {
    Object.assign(this, { room, kind, urls, first });
  }

  get commands() {
    return this.#ledger.commands;
  }

  get #visitors() {
    return this.visits.visitors;
  }

  /** Before anybody enters: guests must not be sent what only hosts may know. */
  watchGuests() {
    for (const guest of this.room.members.slice(2))
      guest.socket.onAny((name, payload) => {
        if (SECRETS.has(name) || payload?.room?.knocks !== undefined) this.#leaks.push(`${guest.name} was sent ${name}`);
      });
  }

  /** Makes the second member a host and sets who may come in. */
  async prepare() {
    const { room, kind, urls } = this;
    const [owner, other, ...guests] = room.members;
    const must = async (event, payload) => {
      const answer = await owner.request(event, { roomId: room.id, ...payload });
      if (answer?.ok !== true) throw new Error(`${event} in ${room.id}: ${JSON.stringify(answer)}`);
      return answer;
    };
    const promoted = await must('promote-host', { userId: other.userId });
    this.hostSince = { epoch: promoted.epoch, seq: promoted.seq };
    const password = kind === 'password' ? FIRST_PASSWORD : null;
    const ledger = this.#ledger;
    // A guest without a token comes back by it.
    const invite = await ledger.send(owner, 'create-invite', {}, { change: { name: 'invites-changed' } });
    if (kind === 'password') for (const guest of guests) guest.proof = { invite: invite.token };
    this.changes = new HostChanges({ room, ledger, kind, password, target: null, first: this.first });
    this.visits = new Visits({ room, kind, urls, ledger, changes: this.changes });
    this.#closeDoor = this.visits.openDoor();
    this.resident = this.visits.visitor({ name: `${owner.name.split(' ')[0]} resident` });
    if ((await this.resident.join(room.id)) !== 'in') throw new Error(`the resident of ${room.id} is ${this.resident.state}`);
    this.changes.target = this.resident;
    if (kind === 'approval') await must('set-settings', { entry: 'approval' });
    if (kind === 'password') await must('set-password', { password });
    // What it was sent before is not what the room was at first.
    this.resident.rooms = [];
    this.start = { title: null, control: 'hosts', owner: owner.userId, password: password !== null };
  }

  begin(perSecond) {
    this.changes.start(perSecond);
    this.visits.start();
  }

  /** Asks one host, and its server, what they have now. */
  async ask(host = this.changes.host(), settledMs = SETTLED_MS) {
    if (host === undefined) return;
    const from = performance.now();
    const list = async (event, key) => {
      const answer = await host.request(event, { roomId: this.room.id });
      return answer?.ok === true ? answer[key] : null;
    };
    const [bans, invites, knocks, snapshot] = await Promise.all([
      list('get-bans', 'bans'),
      list('get-invites', 'invites'),
      list('get-knocks', 'knocks'),
      roomSnapshot(host),
    ]);
    this.readings.push({ from, to: performance.now(), settledMs, bans, invites, knocks, room: snapshot?.room ?? null });
  }

  stopChanges() {
    this.changes.stop();
    return this.visits.stop();
  }

  /** After all has settled: each server is asked, by a host and by a joiner, and the banned come once more; returns what is wrong. */
  async examine() {
    const wrong = [];
    // Nobody answers this one: both servers must have it at the end.
    if (this.kind === 'approval') await this.visits.waitAtDoor(0, 'Waits to the end');
    await pause(SETTLED_MS);
    for (const host of this.changes.hosts) await this.ask(host, 0);
    const lists = this.readings.slice(-2);
    if (lists.some((one) => [one.bans, one.invites, one.knocks, one.room].includes(null)))
      wrong.push('a host has no answer at the end');
    wrong.push(...(await this.#joinEverywhere()), ...(await this.#bannedComeAgain()), ...(await this.#mutedSpeaks()));
    const [, , , guest] = this.room.members;
    if (guest.jumps.length === 0) wrong.push(...endDiffers(guest.changes, await roomSnapshot(guest)));
    for (const text of this.visits.problems) wrong.push(text.replace(`${this.room.id}: `, ''));
    return wrong.map((text) => `${this.room.id}: ${text}`);
  }

  /** A joiner on each instance reads the room. */
  async #joinEverywhere() {
    const host = this.changes.host();
    const { token, ok } = await this.#ledger.send(host, 'create-invite', {}, { change: { name: 'invites-changed' } });
    if (!ok) return ['no invitation could be made at the end'];
    const wrong = [];
    for (const at of this.urls.keys()) {
      const joiner = this.visits.visitor({ at, name: `Joiner ${at}` });
      const result = await joiner.join(this.room.id, { invite: token });
      if (result === 'in') this.readings.push({ ...joiner.rooms.at(-1), settledMs: 0, bans: null, invites: null, knocks: null });
      else wrong.push(`a joiner with an invitation is ${result} on instance ${at + 1}`);
      if (result === 'in') await joiner.depart();
    }
    return wrong;
  }

  async #bannedComeAgain() {
    const comeAgain = async ({ name, browser, address }, n) => {
      const again = this.visits.visitor({ base: browser === null, browser, address, at: n, name: `${name} at last` });
      const result = await again.join(this.room.id);
      again.leave();
      return result === 'banned' ? [] : [`${name} is banned and may be ${result}`];
    };
    return (await Promise.all(this.visits.banned.map(comeAgain))).flat();
  }

  async #mutedSpeaks() {
    const { userId } = this.resident;
    const roomId = this.room.id;
    const host = () => this.changes.host();
    await this.#ledger.settle(host, 'mute-member', { userId, muted: true });
    await until('the resident is in', () => this.resident.state === 'in');
    const answer = await this.resident.request('send-message', { roomId, message: 'may I?' });
    return answer?.code === 'muted' ? [] : [`a muted member was answered ${JSON.stringify(answer)}`];
  }

  /** All visitors go, and nobody else stays. */
  async leaveVisitors() {
    const wrong = [];
    for (const visitor of this.#visitors)
      if (visitor.state === 'in') await visitor.depart().catch((problem) => wrong.push(`${this.room.id}: ${problem.message}`));
    this.#closeDoor();
    const onlyMembers = async () => (await roomSnapshot(this.changes.host()))?.room.users.length === this.room.members.length;
    await until('nobody else is in the room', onlyMembers, { withinMs: LEFT_MS_MAX }).catch(() => undefined);
    return wrong;
  }

  /** The room is handed over once more: the token of the new owner works on another instance, and the former one does not. */
  async transferAtLast() {
    const { id } = this.room;
    const former = this.changes.owner;
    const voidToken = former.hostToken;
    const one = await until('the room is transferred', () => this.changes.transfer(), { withinMs: TOKEN_MS_MAX });
    const next = this.changes.owner;
    if (one?.ok !== true || next === former) return [`${id}: the room could not be transferred at the end: ${one?.code}`];
    const hasToken = () => next.hostToken !== null && next.hostToken !== voidToken;
    const has = await until('the new owner has its token', hasToken, { withinMs: TOKEN_MS_MAX }).catch(() => false);
    if (!has) return [`${id}: the new owner has no token`];
    const at = this.urls.indexOf(next.url) + 1;
    const wrong = [];
    const thief = this.visits.visitor({ at, name: former.name });
    const stolen = voidToken === null ? null : await thief.join(id, { hostToken: voidToken });
    if (['in', 'waiting'].includes(stolen)) wrong.push(`${id}: with the token of the former owner one is ${stolen}`);
    thief.leave();
    const heir = this.visits.visitor({ at, name: next.name });
    const result = await heir.join(id, { hostToken: next.hostToken });
    const { room } = heir;
    if (result !== 'in' || room?.hostId !== heir.userId) wrong.push(`${id}: the token of the new owner makes it ${result}`);
    // All hosts went on to the instance that lived; this one is asked on the other.
    if (result === 'in') await this.ask(heir, 0);
    if (Object.values(this.readings.at(-1)).includes(null))
      wrong.push(`${id}: the new owner has no answer on the other instance`);
    heir.leave();
    return wrong;
  }

  /** Judges all records; returns { lost, duplicated, reordered, problems }. */
  judge() {
    const { commands } = this;
    const { id, members } = this.room;
    const hosts = members.slice(0, 2).map(({ name, userId, changes, jumps }, n) => ({
      ...{ name, userId, changes, jumps },
      hostSince: n === 0 ? { epoch: 0, seq: 0 } : this.hostSince,
    }));
    const found = judgeChanges({ id, commands, hosts });
    const things = thingsOf(commands, this.#visitors.flatMap(({ joins }) => joins)); // prettier-ignore
    const readings = [...this.readings, ...this.#visitors.flatMap(({ rooms }) => rooms.map(ofJoiner))];
    const problems = readings.flatMap((reading) => judgeReading({ id, commands, things, start: this.start }, reading));
    const closed = hosts.flatMap(({ changes }) =>
      changes.filter(([, , name]) => name === 'knock-closed').map(([, , , one]) => one.knockId),
    );
    const waiting = this.readings
      .filter(({ knocks }) => knocks !== null)
      .at(-1)
      ?.knocks.map(({ knockId }) => knockId);
    problems.push(...lostKnocks(id, things.knocks, closed, waiting ?? []), ...wrongRejections(id, commands));
    problems.push(...this.#leaksFound().map((text) => `${id}: ${text}`));
    return { ...found, problems: [...new Set(problems)], readings: readings.length };
  }

  #leaksFound() {
    const replayed = this.room.members
      .slice(2)
      .filter(({ changes = [] }) => changes.some(([, , name]) => SECRETS.has(name)))
      .map(({ name }) => `${name} was replayed what only hosts may know`);
    const sent = this.#visitors
      .filter(
        ({ eventNames, rooms }) => [...eventNames].some((name) => SECRETS.has(name)) || rooms.some(({ room }) => room.knocks),
      )
      .filter(({ name }) => !this.room.members.some((member) => member.name === name))
      .map(({ name }) => `${name} was sent what only hosts may know`);
    return [...new Set([...this.#leaks, ...replayed, ...sent])];
  }

  leave() {
    this.changes?.stop();
    this.#closeDoor();
    for (const visitor of this.visits?.visitors ?? []) visitor.leave();
  }
}

const ofJoiner = (one) => ({ ...one, settledMs: SETTLED_MS, bans: null, invites: null, knocks: null });
