// Stock clients through the real proxies with the shipped files, before two instances.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../../testkit/waiting.mjs';
import { Instance, proxies } from './support/parts.mjs';
import { Scope } from './support/scope.mjs';
import { Visitor, addressOf, visitors } from './support/visitors.mjs';

const SOCKETS_PER_ADDRESS = 10;

for (const [name, proxy] of Object.entries(proxies)) {
  describe(name, () => {
    const scope = new Scope();
    let instances;
    let origin;
    before(async () => {
      instances = await Promise.all([Instance.start(scope), Instance.start(scope)]);
      origin = await proxy(
        scope,
        instances.map((instance) => instance.address),
      );
    });
    after(() => scope.close());

    /** The sessions of each instance. */
    const sessions = (transport) => Promise.all(instances.map((instance) => instance.sessions(transport)));

    test(`${name}: the page comes through, its files too, and readiness; metrics do not`, async () => {
      const page = await fetch(`${origin}/room/ABC123`);
      assert.equal(page.status, 200);
      const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text());
      assert.equal((await fetch(origin + script)).status, 200);
      assert.equal(await (await fetch(`${origin}/health/ready`)).text(), 'ready');
      assert.equal((await fetch(`${origin}/metrics`)).status, 404);
      assert.equal((await fetch(`${origin}/assets/missing.js`)).status, 404);
    });

    test(`${name}: websockets go through, to all instances`, async (t) => {
      const all = await visitors(t, origin, 8, { transports: ['websocket'] });
      for (const visitor of all) assert.equal(await visitor.chat(await visitor.createRoom(), 3), 3);
      for (const open of await sessions('websocket')) assert.ok(open > 0, 'an instance has no websocket');
    });

    test(`${name}: polling holds for hundreds of requests with two instances`, async (t) => {
      const all = await visitors(t, origin, 12, { transports: ['polling'] });
      const counts = await Promise.all(all.map(async (visitor) => visitor.chat(await visitor.createRoom(), 20)));
      assert.deepEqual(
        counts,
        all.map(() => 20),
      );
      assert.deepEqual(
        all.flatMap((visitor) => visitor.interruptions),
        [],
      );
      for (const open of await sessions('polling')) assert.ok(open > 0, 'an instance has no polling session');
    });

    test(`${name}: a polling session upgrades to websocket where it lives`, async (t) => {
      const all = await visitors(t, origin, 12, { transports: ['polling', 'websocket'] });
      await Promise.all(all.map((visitor) => until('upgraded', () => visitor.transport === 'websocket')));
      for (const visitor of all) assert.equal(await visitor.chat(await visitor.createRoom(), 3), 3);
      assert.deepEqual(
        all.flatMap((visitor) => visitor.interruptions),
        [],
      );
    });

    test(`${name}: RL4 each visitor has the limits of its own address, whatever it claims`, async (t) => {
      const address = addressOf(100);
      const another = (claim) =>
        new Visitor(t, origin, address, {
          transports: ['polling'],
          reconnection: false,
          extraHeaders: { 'X-Forwarded-For': claim },
        });
      const accepted = [];
      for (let i = 0; i < SOCKETS_PER_ADDRESS; i++) {
        const visitor = another(`203.0.113.${i}`);
        await visitor.whenConnected();
        assert.ok(await visitor.createRoom());
        accepted.push(visitor);
      }
      const tooMany = another('203.0.113.200');
      await until('the eleventh is refused', () => tooMany.interruptions.includes('io server disconnect'));
      // Neither the claimed address nor any other is limited for it.
      const [other] = await visitors(t, origin, 1, { transports: ['polling'] });
      assert.ok(await other.createRoom());
      assert.deepEqual(
        accepted.flatMap((visitor) => visitor.interruptions),
        [],
      );
    });

    test(`${name}: when an instance dies its visitors come back through the other, and it gets new ones after its restart`, async (t) => {
      const [first, second] = instances;
      const delays = { reconnectionDelay: 200, reconnectionDelayMax: 500 };
      const all = [
        ...(await visitors(t, origin, 8, { transports: ['websocket'], ...delays })),
        ...(await visitors(t, origin, 8, { transports: ['polling'], ...delays })),
      ];
      assert.ok((await first.sessions('websocket')) > 0);
      assert.ok((await first.sessions('polling')) > 0);
      await first.kill();
      await until(
        'all are with the other',
        async () => (await second.sessions('websocket')) === 8 && (await second.sessions('polling')) === 8,
      );
      await Promise.all(all.map((visitor) => visitor.whenConnected()));
      for (const visitor of all) assert.ok(await visitor.createRoom());
      assert.equal((await fetch(origin)).status, 200);

      await first.start();
      await until(
        'the restarted instance has visitors',
        async () => {
          const [guest] = await visitors(t, origin, 1, { transports: ['websocket'], forceNew: true });
          const has = (await first.sessions('websocket')) > 0;
          guest.leave();
          return has;
        },
        { withinMs: 15_000 },
      );
    });
  });
}
