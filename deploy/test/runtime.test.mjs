// The folder that the image and the systemd unit start, which needs no JDK.
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../testkit/ports.mjs';
import { ManagedProcess, runToEnd } from '../../testkit/process.mjs';
import { deploy, folder } from './support/parts.mjs';

test('the runtime starts, reports its health, and ends in time', async (t) => {
  const place = join(folder(t), 'watchnchill');
  const [java] = JSON.parse(process.env.WATCHNCHILL_COMMAND);
  const made = await runToEnd(join(deploy, 'runtime', 'make.sh'), [place], {
    env: { ...process.env, JAVA_HOME: java.replace(/\/bin\/java$/, '') },
  });
  assert.equal(made.code, 0, made.output);

  const port = String(await freePort());
  const env = { PATH: process.env.PATH, PORT: port, NODE_ENV: 'production', JAVA_OPTS: '-Xmx64m -Dsome=thing' };
  const healthy = (path) => runToEnd(join(place, 'healthy'), path === undefined ? [] : [path], { env });
  assert.notEqual((await healthy()).code, 0, 'healthy before it runs');
  const server = new ManagedProcess(join(place, 'start'), [], { env });
  t.after(() => server.stop('SIGKILL'));
  await server.waitForOutput(/ on http:\/\//);
  const cache = join(place, 'start.aot');
  assert.ok(statSync(cache).size > 0, made.output);
  assert.ok(maps(server, cache), 'it does not use its AOT cache');
  assert.equal((await healthy()).code, 0);
  assert.equal((await healthy('/health')).code, 0);
  assert.notEqual((await healthy('/no-such-page')).code, 0);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(page.status, 200);
  // All modules that a scrape needs are in it as well.
  assert.match(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), /^jvm_memory_max_bytes/m);

  const { code } = await server.stop();
  assert.ok(code === 143 || code === 0, `ended with ${code}: ${server.output}`);

  // Whatever the state of the cache, it starts and prints nothing but its usual lines.
  const usual = server.output.replaceAll(/\d+/g, 'N');
  const starts = async (what, more) => {
    const again = new ManagedProcess(join(place, 'start'), [], { env: { ...env, ...more } });
    t.after(() => again.stop('SIGKILL'));
    await again.waitForOutput(/ on http:\/\//);
    const used = maps(again, cache);
    await again.stop();
    assert.equal(again.output.replaceAll(/\d+/g, 'N'), usual, what);
    return used;
  };
  assert.ok(await starts('a smaller collector', { JAVA_OPTS: '-XX:+UseSerialGC' }));
  assert.ok(!(await starts('switched off', { WATCHNCHILL_AOT: 'off' })));
  assert.ok(!(await starts('another collector', { JAVA_OPTS: '-XX:+UseZGC -Xmx128m' })));
  assert.ok(!(await starts('archives switched off', { JAVA_OPTS: '-Xshare:off' })));
  writeFileSync(cache, 'not a cache');
  await starts('no cache at all', {});
});

/** Whether the process has that file in its memory. */
const maps = (child, file) => readFileSync(`/proc/${child.pid}/maps`, 'utf8').includes(file);
