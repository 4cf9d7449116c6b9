// Who comes to a room: visitors that join, are removed, banned and let in again, or that knock and are answered.
import { randomUUID } from 'node:crypto';
import { pause, until } from '../../../testkit/waiting.mjs';
import { SETTLED_MS } from './ledger.mjs';
import { Visitor } from './visitor.mjs';
import { allowed } from './judge.mjs';

const REPLY_MS_MAX = 10_000;
const BETWEEN_MS = 150;
/** How often the hosts look who waits. */
const LOOK_MS = 200;
const NO_ENTRY = ['bad_password', 'password_required'];

let addresses = 0;
/** Each visitor has an address of its own: a ban holds for an address too. */
const nextAddress = () => `10.${++addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;

export class Visits {
  /** All visitors, also those that are gone. */
  visitors = [];
  /** Sentences about what must not happen. */
  problems = [];
  /** Banned browsers that were not let in again: { visitor, ban }. */
  banned = [];

  #answers = new Map();
  #answering = new Set();
  #unsure = new Set();
  #stopping = false;
  #loops = [];

  /** @param kind of the room: 'link', 'approval' or 'password' */
  constructor({ room, kind, urls, ledger, changes }) {
    Object.assign(this, { room, kind, urls, ledger, changes });
  }

  start() {
    this.#loops = [this.#visit()];
  }

  /** Answers who waits, until that is stopped by its return value. */
  openDoor() {
    if (this.kind !== 'approval') return () => undefined;
    let open = true;
    const look = async () => {
      while (open) {
        await this.#answerKnocks().catch(() => undefined);
        await pause(LOOK_MS);
      }
    };
    const looking = look();
    return () => {
      open = false;
      return looking;
    };
  }

  /** Waits until the visit that is under way is over. */
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#loops);
  }

  visitor({ base = false, at, browser, address, name } = {}) {
    const n = this.visitors.length;
    const one = new Visitor({
      name: name ?? `${this.room.members[0].name.split(' ')[0]} visitor ${n}`,
      urls: this.urls,
      at: at ?? n,
      browser: base ? null : (browser ?? randomUUID()),
      address: address ?? nextAddress(),
    });
    this.visitors.push(one);
    return one;
  }

  /** Sets the answer to who knocks under that name: 'accept', 'refuse', or 'hold' for none yet. */
  answerTo(name, answer) {
    this.#answers.set(name, answer);
  }

  async #visit() {
    const visits = { link: () => this.#toBeRemoved(), approval: () => this.#toKnock(), password: () => this.#withPassword() };
    while (!this.#stopping) {
      await visits[this.kind]().catch((problem) => this.problems.push(`${this.room.id}: ${problem.message}`));
      await pause(BETWEEN_MS);
    }
  }

  #command(event, payload, options, more) {
    return this.ledger.settle(() => this.changes.host(), event, payload, options, more);
  }

  #expect(visitor, result, wanted) {
    if (result !== wanted)
      throw new Error(`${visitor.name} was to be ${wanted} and is ${result} (${visitor.interruptions.join()})`);
  }

  /** Comes in, is removed, and comes again: banned, and perhaps let in after that. */
  async #toBeRemoved() {
    const n = this.visitors.length;
    const first = this.visitor({ base: n % 3 === 2 });
    this.#expect(first, await first.join(this.room.id), 'in');
    const isBan = n % 4 !== 3;
    const { userId, connection } = first;
    const again = `${first.name} again`;
    const removal = await this.#command(
      'remove-member',
      { userId, ...(isBan ? { ban: {} } : {}) },
      {
        change: { name: 'user-left', fields: { userId, reason: isBan ? 'banned' : 'removed' } },
        name: first.name,
        names: [first.name, again],
        // One that lost its connection may have gone before.
        mayFail: first.extended ? [] : ['user_not_found'],
      },
      { notYet: 'user_not_found' },
    );
    const isGone = () => first.state === 'removed' || first.connection !== connection || !first.socket.connected;
    await until(`${first.name} learns that it was removed`, isGone, { withinMs: REPLY_MS_MAX, everyMs: 20 });
    first.leave();
    const next = (name) =>
      this.visitor({
        base: !first.extended,
        browser: first.browser,
        address: first.address,
        at: this.urls.indexOf(first.url) + 1,
        name,
      });
    if (!isBan || !removal.ok) return this.#isBack(next(`${first.name} back`), removal.ok && !isBan);
    const other = next(again);
    this.#expect(other, await other.join(this.room.id), 'banned');
    other.leave();
    if (n % 2 === 0) {
      this.banned.push(first);
      return undefined;
    }
    const { banId } = removal;
    await this.#command('lift-ban', { banId }, { change: { name: 'bans-changed' } }, { notYet: 'ban_not_found' });
    return this.#isBack(next(`${first.name} back`), true);
  }

  /** Who may come in again is in at the latest when the other instance knows it too. */
  async #isBack(visitor, mustBeIn) {
    let result = await visitor.join(this.room.id);
    const end = performance.now() + SETTLED_MS;
    while (mustBeIn && result === 'banned' && performance.now() < end) {
      await pause(LOOK_MS);
      result = await visitor.join(this.room.id);
    }
    if (mustBeIn) this.#expect(visitor, result, 'in');
    if (result === 'in') await visitor.depart();
    else visitor.leave();
  }

  async #toKnock() {
    const n = this.visitors.length;
    const visitor = this.visitor({ base: n % 3 === 2 });
    if (n % 4 === 3) return this.#byInvitation(visitor);
    const answer = n % 3 === 1 ? 'refuse' : 'accept';
    this.answerTo(visitor.name, answer);
    await visitor.join(this.room.id);
    await visitor.settled();
    return this.#answered(visitor, answer);
  }

  async #answered(visitor, answer) {
    this.#expect(visitor, visitor.state, answer === 'accept' ? 'in' : 'refused');
    await visitor.depart();
  }

  /** Lets a visitor knock whom no host answers yet. */
  async waitAtDoor(at, name) {
    const visitor = this.visitor({ at, name });
    this.answerTo(visitor.name, 'hold');
    this.#expect(visitor, await visitor.join(this.room.id), 'waiting');
    return visitor;
  }

  /** Waits until a visitor whose instance has died has found its knock again on another one. */
  async isFound(visitor, knockId) {
    const again = () => visitor.joins.find(({ at, code }) => at > (visitor.lostAt ?? Infinity) && code === 'approval_pending');
    const what = () => `${visitor.name} waits again, and is ${visitor.state}`;
    const join = await until(what, again, { withinMs: REPLY_MS_MAX, everyMs: 20 });
    if (join.knockId !== knockId) throw new Error(`${visitor.name} waits under ${join.knockId} instead of ${knockId}`);
  }

  /** Answers a visitor that waits, and sees that it gets what it was answered. */
  async decide(visitor, answer) {
    this.answerTo(visitor.name, answer);
    await visitor.settled();
    await this.#answered(visitor, answer);
  }

  async #byInvitation(visitor) {
    // Changes of hosts have few uses; these have none to count.
    const made = await this.#command('create-invite', {}, { change: { name: 'invites-changed' } });
    this.#expect(visitor, await visitor.join(this.room.id, { invite: made.token }), 'in');
    await visitor.depart();
    const { inviteId } = made;
    await this.#command('revoke-invite', { inviteId }, { change: { name: 'invites-changed' } }, { notYet: 'invite_not_found' });
  }

  async #withPassword() {
    const n = this.visitors.length;
    const visitor = this.visitor({ base: n % 3 === 2 });
    if (n % 3 === 1) return this.#byInvitation(visitor);
    const { password } = this.changes;
    const from = performance.now();
    const result = await visitor.join(this.room.id, password === null ? {} : { password });
    if (result === 'in') return visitor.depart();
    visitor.leave();
    const writes = this.ledger.commands
      .filter(({ event }) => event === 'set-password')
      .map((one) => ({ ...one, value: one.payload.password }));
    const right = allowed(writes, this.changes.firstPassword, { from, to: performance.now(), settledMs: SETTLED_MS });
    if (!NO_ENTRY.includes(result) || (right.size === 1 && right.has(password)))
      throw new Error(`${visitor.name} came with the right password and is ${result}`);
    return undefined;
  }

  async #answerKnocks() {
    const host = this.changes.host();
    const answer = await host?.request('get-knocks', { roomId: this.room.id });
    for (const { knockId, userName } of answer?.knocks ?? []) {
      const accept = this.#answers.get(userName) ?? 'accept';
      if (accept === 'hold' || this.#answering.has(knockId)) continue;
      this.#answering.add(knockId);
      void this.#answer(host, knockId, accept === 'accept').finally(() => this.#answering.delete(knockId));
    }
  }

  async #answer(host, knockId, accept) {
    const change = { name: 'knock-closed', fields: { knockId, outcome: accept ? 'accepted' : 'refused' } };
    // The other instance may not know yet that it was answered.
    const isRepeated = this.#unsure.has(knockId);
    this.#unsure.add(knockId);
    const mayFail = isRepeated ? ['knock_not_found'] : [];
    await this.ledger.send(host, 'answer-knock', { knockId, accept }, { change, mayFail });
  }
}
