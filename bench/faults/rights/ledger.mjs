// The record of every change that hosts ask for: what was sent, when, and what came back.

import { pause } from '../../../testkit/waiting.mjs';

/** How long after its acknowledgement a change may be unknown to the other instance. */
export const SETTLED_MS = 1000;
const RETRY_MS = 200;

/** Whether a command may have been applied although no answer said so. */
export const isUnknown = ({ ok, answeredAt, retryable }) => !ok && (answeredAt === null || retryable);

export class Ledger {
  /**
   * Each command: { event, by, payload, change, at, answeredAt, cutAt, ok, code, retryable, epoch, seq, ids }; judge.mjs defines the
   * fields.
   */
  commands = [];

  /**
   * Sends a command of a member and records its outcome.
   *
   * @param change what hosts receive of it: { name, fields, unique, value, target }
   * @param mayFail the codes of rejections that are right here
   */
  async send(client, event, payload, { change = null, mayFail = [], ...more } = {}) {
    const one = { event, by: client.name, payload, change, mayFail, ...more };
    Object.assign(one, { at: performance.now(), answeredAt: null, cutAt: null, ok: false, code: null, retryable: false });
    this.commands.push(one);
    const { connection } = client;
    const answer = await client.request(event, { roomId: client.roomId, ...payload });
    const now = performance.now();
    if (answer === null) {
      if (connection !== client.connection || !client.socket.connected) one.cutAt = now;
      return one;
    }
    const { ok, code = null, retryable = false, epoch, seq, banId, inviteId, token } = answer;
    return Object.assign(one, { answeredAt: now, ok: ok === true, code, retryable, epoch, seq, banId, inviteId, token });
  }

  /**
   * Sends a command again and again until its outcome is known; returns the last one.
   *
   * @param notYet a code by which an instance rejects what it has not heard of yet, for SETTLED_MS
   */
  async settle(clientOf, event, payload, options = {}, { withinMs = 30_000, notYet = null } = {}) {
    const begun = performance.now();
    let mayFail = options.mayFail ?? [];
    for (;;) {
      const client = clientOf();
      if (client !== undefined) {
        const isEarly = performance.now() < begun + SETTLED_MS;
        const codes = isEarly && notYet !== null ? [...mayFail, notYet] : mayFail;
        const one = await this.send(client, event, payload, { ...options, mayFail: codes });
        if (isUnknown(one)) mayFail = notYet === null ? mayFail : [...mayFail, notYet];
        else if (one.code === null || one.code !== notYet || !isEarly) return one;
      }
      if (performance.now() > begun + withinMs) throw new Error(`${event} had no outcome within ${withinMs} ms`);
      await pause(RETRY_MS);
    }
  }
}
