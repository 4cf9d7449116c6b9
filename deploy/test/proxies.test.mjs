// Stock clients through the real proxies, with the files as they are shipped, before two instances.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Instance, proxies } from './support/parts.mjs';
import { Scope, until } from './support/process.mjs';
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
      assert.equal((await fetch(`${origin}/assets/nobody-has-it.js`)).status, 404);
    });

    test(`${name}: websockets go through, to all instances`, async (t) => {
      const all = await visitors(t, origin, 8, { transports: ['websocket'] });
      for (const visitor of all) assert.equal(await visitor.chat(await visitor.room(), 3), 3);
      for (const open of await sessions('websocket')) assert.ok(open > 0, 'an instance has no websocket');
    });

    test(`${name}: polling holds for hundreds of requests with two instances`, async (t) => {
      const all = await visitors(t, origin, 12, { transports: ['polling'] });
      const counts = await Promise.all(all.map(async (visitor) => visitor.chat(await visitor.room(), 20)));
      assert.deepEqual(
        counts,
        all.map(() => 20),
      );
      assert.deepEqual(
        all.flatMap((visitor) => visitor.troubles),
        [],
      );
      for (const open of await sessions('polling')) assert.ok(open > 0, 'an instance has no polling session');
    });

    test(`${name}: a polling session upgrades to websocket where it lives`, async (t) => {
      const all = await visitors(t, origin, 12, { transports: ['polling', 'websocket'] });
      await Promise.all(all.map((visitor) => until('upgraded', () => visitor.transport === 'websocket')));
      for (const visitor of all) assert.equal(await visitor.chat(await visitor.room(), 3), 3);
      assert.deepEqual(
        all.flatMap((visitor) => visitor.troubles),
        [],
      );
    });

    test(`${name}: RL4 each visitor has the limits of its own address, whatever it claims`, async (t) => {
      const liar = addressOf(100);
      const another = (claim) =>
        new Visitor(t, origin, liar, {
          transports: ['polling'],
          reconnection: false,
          extraHeaders: { 'X-Forwarded-For': claim },
        });
      const welcome = [];
      for (let i = 0; i < SOCKETS_PER_ADDRESS; i++) {
        const visitor = another(`203.0.113.${i}`);
        await visitor.connected();
        assert.ok(await visitor.room());
        welcome.push(visitor);
      }
      const tooMany = another('203.0.113.200');
      await until('the eleventh is refused', () => tooMany.troubles.includes('io server disconnect'));
      // Whoever it claimed to be has nothing to suffer for it, nor has anybody else.
      const [honest] = await visitors(t, origin, 1, { transports: ['polling'] });
      assert.ok(await honest.room());
      assert.deepEqual(
        welcome.flatMap((visitor) => visitor.troubles),
        [],
      );
    });

    test(`${name}: when an instance dies its visitors come back through the other, and it gets new ones when it is back`, async (t) => {
      const [first, second] = instances;
      const patience = { reconnectionDelay: 200, reconnectionDelayMax: 500 };
      const all = [
        ...(await visitors(t, origin, 8, { transports: ['websocket'], ...patience })),
        ...(await visitors(t, origin, 8, { transports: ['polling'], ...patience })),
      ];
      assert.ok((await first.sessions('websocket')) > 0);
      assert.ok((await first.sessions('polling')) > 0);
      await first.kill();
      await until(
        'all are with the other',
        async () => (await second.sessions('websocket')) === 8 && (await second.sessions('polling')) === 8,
      );
      await Promise.all(all.map((visitor) => visitor.connected()));
      for (const visitor of all) assert.ok(await visitor.room());
      assert.equal((await fetch(origin)).status, 200);

      await first.begin();
      await until(
        'the one that is back has visitors',
        async () => {
          const [guest] = await visitors(t, origin, 1, { transports: ['websocket'], forceNew: true });
          const has = (await first.sessions('websocket')) > 0;
          guest.leave();
          return has;
        },
        15_000,
      );
    });
  });
}
