// Which instance the proxies choose, with stand-ins for the instances.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { until } from '../../testkit/waiting.mjs';
import { proxies } from './support/parts.mjs';

/** A stand-in that answers with its name, is ready or not, and has some files. */
async function standIn(t, name, { assets = [] } = {}) {
  const self = { ready: true, asked: 0 };
  const server = createServer((request, response) => {
    const [path] = request.url.split('?');
    if (path === '/health/ready') response.statusCode = self.ready ? 200 : 503;
    else if (path.startsWith('/assets/') && !assets.includes(path)) response.statusCode = 404;
    else if (path !== '/health') self.asked++;
    response.end(name);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  self.address = `127.0.0.1:${server.address().port}`;
  return self;
}

const poll = async (origin) => {
  const response = await fetch(`${origin}/api/socket/io/?EIO=4&transport=polling`);
  return [response.status, await response.text()].join(' ');
};

for (const [name, proxy] of Object.entries(proxies)) {
  describe(name, () => {
    test(`${name}: a file that only one version has is found whichever instance is asked`, async (t) => {
      const old = await standIn(t, 'old', { assets: ['/assets/old.js'] });
      const young = await standIn(t, 'young', { assets: ['/assets/young.js'] });
      const origin = await proxy(t, [old.address, young.address]);
      for (let i = 0; i < 6; i++) {
        assert.equal((await fetch(`${origin}/assets/old.js`)).status, 200);
        assert.equal((await fetch(`${origin}/assets/young.js`)).status, 200);
      }
      assert.equal((await fetch(`${origin}/assets/neither.js`)).status, 404);
    });

    test(`${name}: one address always polls the same instance`, async (t) => {
      const both = [await standIn(t, 'one'), await standIn(t, 'two')];
      const origin = await proxy(
        t,
        both.map((instance) => instance.address),
      );
      const first = await poll(origin);
      for (let i = 0; i < 20; i++) assert.equal(await poll(origin), first);
      assert.deepEqual(both.map((instance) => instance.asked > 0).sort(), [false, true]);
    });

    test(`${name}: while no instance is ready requests are still served, and readiness is 503`, async (t) => {
      const both = [await standIn(t, 'one'), await standIn(t, 'two')];
      const origin = await proxy(
        t,
        both.map((instance) => instance.address),
      );
      const before = await poll(origin);
      for (const instance of both) instance.ready = false;
      const ready = async () => (await fetch(`${origin}/health/ready`)).status;
      await until('readiness is 503', async () => (await ready()) === 503);
      for (let i = 0; i < 10; i++) assert.equal(await poll(origin), before);
      both[0].ready = true;
      await until('one is ready again', async () => (await ready()) === 200);
    });
  });
}

test('haproxy: an instance that is not ready gets no requests', async (t) => {
  const both = [await standIn(t, 'one'), await standIn(t, 'two')];
  const origin = await proxies.haproxy(
    t,
    both.map((instance) => instance.address),
  );
  const [, chosen] = (await poll(origin)).split(' ');
  const [mine, other] = chosen === 'one' ? both : [...both].reverse();
  mine.ready = false;
  await until('moved to the other', async () => !(await poll(origin)).endsWith(chosen));
  const asked = mine.asked;
  for (let i = 0; i < 10; i++) await poll(origin);
  assert.equal(mine.asked, asked);
  assert.ok(other.asked >= 10);
});
