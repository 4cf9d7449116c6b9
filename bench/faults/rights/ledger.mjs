// The record of every change that hosts ask for: what was sent, when, and what came back.

/** Whether a command may have been applied although nobody was told so. */
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

  /** Sends a command again and again until its outcome is known; returns the last one. */
  async settle(clientOf, event, payload, options = {}, { withinMs = 30_000, codesAfterUnknown = [] } = {}) {
    const end = performance.now() + withinMs;
    let mayFail = options.mayFail ?? [];
    for (;;) {
      const client = clientOf();
      if (client !== undefined) {
        const one = await this.send(client, event, payload, { ...options, mayFail });
        if (!isUnknown(one)) return one;
        mayFail = [...mayFail, ...codesAfterUnknown];
      }
      if (performance.now() > end) throw new Error(`${event} had no outcome within ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
