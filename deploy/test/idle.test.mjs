// Connections with nothing but pings, for longer than a ping interval.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Instance, proxies } from './support/parts.mjs';
import { Scope } from './support/scope.mjs';
import { visitors } from './support/visitors.mjs';

/** More than one ping of 25 s, and more than 30 s, where many proxies have their limit. */
const QUIET_MS = 32_000;

describe('quiet connections', { concurrency: true }, () => {
  const scope = new Scope();
  let instance;
  before(async () => void (instance = await Instance.start(scope)));
  after(() => scope.close());

  for (const [name, proxy] of Object.entries(proxies)) {
    for (const transport of ['websocket', 'polling']) {
      test(`${name}: ${transport} stays open while nothing is sent`, async (t) => {
        const origin = await proxy(t, [instance.address, '127.0.0.1:1']);
        const [visitor] = await visitors(t, origin, 1, { transports: [transport] });
        const room = await visitor.createRoom();
        const { id } = visitor.socket;
        await pause(QUIET_MS);
        assert.deepEqual(visitor.interruptions, []);
        assert.equal(visitor.socket.id, id);
        assert.equal(await visitor.chat(room, 1), 1);
      });
    }
  }
});
