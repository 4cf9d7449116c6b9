// What the two hosts of a room change, one thing after the other, at a steady rate.

import { SETTLED_MS } from './ledger.mjs';

/** A host with so many commands without an answer sends no new one. */
const UNANSWERED_MAX = 2;
const TICK_MS = 20;
const ROTATION = ['settings', 'seek', 'invite', 'mute', 'pause', 'settings', 'revoke', 'play', 'transfer'];
/** Each password costs a fifth of a second of a processor. */
const PASSWORDS = [...ROTATION, 'password'];
/** Uses of an invitation are its mark: it can be recognised when its acknowledgement was lost. */
const USES_MAX = 1000;

export class HostChanges {
  /** The password of the room by the last acknowledgement, or null. */
  password = null;
  owner;

  #room;
  #ledger;
  #rotation;
  #count = 0;
  #turn = 0;
  #unanswered = new Map();
  #invites = [];
  #muted = false;
  #underWay = new Set();
  #unsure = new Set();
  #ticker = null;

  /**
   * @param room a room of the load; its first two members are the hosts
   * @param target the member that is muted now and then
   * @param password of the room at first, or null
   * @param first where its changes begin, so that not all rooms do the same at once
   */
  constructor({ room, ledger, target, kind, password, first }) {
    Object.assign(this, { target, password, firstPassword: password, owner: room.members[0] });
    this.#room = room;
    this.#count = first;
    this.#ledger = ledger;
    this.#rotation = kind === 'password' ? PASSWORDS : ROTATION;
  }

  get hosts() {
    return this.#room.members.slice(0, 2);
  }

  /** A host that is connected, by turns; undefined when none is. */
  host() {
    const { hosts } = this;
    this.#turn++;
    return [hosts[this.#turn % 2], hosts[(this.#turn + 1) % 2]].find(({ open }) => open);
  }

  start(perSecond) {
    const from = performance.now();
    let begun = 0;
    this.#ticker = setInterval(() => {
      const due = Math.floor(((performance.now() - from) / 1000) * perSecond);
      for (; begun < due; begun++) this.#next();
    }, TICK_MS);
  }

  stop() {
    clearInterval(this.#ticker);
  }

  /** Hands the room to the other host; returns the command, or undefined when the owner is not connected. */
  transfer() {
    const former = this.owner;
    const next = this.hosts.find((host) => host !== former);
    if (!former.open) return undefined;
    return this.#once('transfer', async () => {
      const change = { name: 'room-transferred', fields: { hostId: next.userId } };
      // What was unknown before may have been applied.
      const mayFail = this.#unsure.has('transfer') ? ['not_owner', 'already_owner'] : [];
      const one = await this.#ledger.send(former, 'transfer-room', { userId: next.userId }, { change, mayFail });
      if (one.ok || mayFail.includes(one.code)) this.owner = next;
      return one;
    });
  }

  #next() {
    const what = this.#rotation[this.#count++ % this.#rotation.length];
    const host = this.host();
    const n = this.#count;
    if (host === undefined || (this.#unanswered.get(host) ?? 0) >= UNANSWERED_MAX) return;
    const change = this.#changeOf(what, host, n);
    if (change === undefined) return;
    this.#unanswered.set(host, (this.#unanswered.get(host) ?? 0) + 1);
    void change.finally(() => this.#unanswered.set(host, this.#unanswered.get(host) - 1));
  }

  #changeOf(what, host, n) {
    switch (what) {
      case 'settings':
        return this.#settings(host, n);
      case 'seek':
        return this.#control(host, 'seek-video', 'video-seeked', n);
      case 'play':
        return this.#control(host, 'play-video', 'video-played', n);
      case 'pause':
        return this.#control(host, 'pause-video', 'video-paused', n);
      case 'invite':
        return this.#invite(host, n);
      case 'revoke':
        return this.#revoke(host);
      case 'mute':
        return this.#mute(host);
      case 'password':
        return this.#setPassword(host, n);
      default:
        return this.transfer();
    }
  }

  #settings(host, n) {
    const payload = {
      title: `Title ${n}`,
      control: n % 2 === 0 ? 'hosts' : 'everyone',
      queue: n % 3 === 0 ? 'everyone' : 'hosts',
      // Shorter than the pause between two messages of one guest.
      slowModeMs: n % 4,
      skipShare: (n % 5) / 4,
    };
    const fields = Object.fromEntries(Object.entries(payload).map(([key, value]) => [`settings.${key}`, value]));
    return this.#ledger.send(host, 'set-settings', payload, { change: { name: 'settings-changed', fields, unique: true } });
  }

  #control(host, event, name, n) {
    // While the film is prepared, a play or a pause keeps the position that is prepared.
    const change =
      event === 'seek-video'
        ? { name, fields: { currentTime: 1000 + n }, unique: true }
        : { name, fields: { userId: host.userId } };
    return this.#ledger.send(host, event, { currentTime: 1000 + n }, { change });
  }

  async #invite(host, n) {
    const one = await this.#ledger.send(
      host,
      'create-invite',
      { uses: 1 + (n % USES_MAX) },
      { change: { name: 'invites-changed' } },
    );
    if (one.ok) this.#invites.push(one);
  }

  #revoke(host) {
    const [oldest] = this.#invites;
    if (oldest === undefined || performance.now() < oldest.answeredAt + SETTLED_MS) return undefined;
    const { inviteId } = this.#invites.shift();
    return this.#ledger.send(host, 'revoke-invite', { inviteId }, { change: { name: 'invites-changed' } });
  }

  #mute() {
    return this.#once('mute', async () => {
      const muted = !this.#muted;
      const { userId } = this.target;
      const host = this.hosts.find(({ open }) => open);
      // A repetition of what was applied, and not acknowledged, changes nothing.
      const change = this.#unsure.has('mute') ? null : { name: 'member-muted', fields: { userId, muted } };
      const one = await this.#ledger.send(host, 'mute-member', { userId, muted }, { change });
      if (one.ok) this.#muted = muted;
      return one;
    });
  }

  #setPassword(host, n) {
    return this.#once('password', async () => {
      const password = n % 4 === 0 ? null : `secret ${n}`;
      const change =
        password === null || this.#unsure.has('password')
          ? null
          : { name: 'settings-changed', fields: { 'settings.hasPassword': true } };
      const one = await this.#ledger.send(host, 'set-password', { password }, { change });
      if (one.ok) this.password = password;
      return one;
    });
  }

  /** One at a time of each kind, because each depends on what the one before it did. */
  #once(what, send) {
    if (this.#underWay.has(what)) return undefined;
    this.#underWay.add(what);
    return send()
      .then((one) => {
        if (one.answeredAt !== null && !one.retryable) this.#unsure.delete(what);
        else this.#unsure.add(what);
        return one;
      })
      .finally(() => this.#underWay.delete(what));
  }
}
