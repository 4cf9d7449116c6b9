import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ManagedProcess, cpuMsOf, runToEnd } from '../process.mjs';
import { Server } from '../server.mjs';
import { until } from '../waiting.mjs';

const node = (script) => [process.execPath, ['-e', script]];
const FOREVER = 'setInterval(() => undefined, 1e6);';

test('a process is awaited by its output, and its output is kept', async (t) => {
  const child = new ManagedProcess(...node(`console.log('on http://here'); console.error('oops'); ${FOREVER}`));
  t.after(() => child.stop('SIGKILL'));
  const [, address] = await child.waitForOutput(/on (\S+)/);
  assert.equal(address, 'http://here');
  await child.waitForOutput(/oops/);
  assert.equal(child.running, true);
  assert.ok(child.residentKb() > 0);
  assert.deepEqual(await child.stop(), { code: null, signal: 'SIGTERM' });
  assert.equal(child.running, false);
});

test('a process that has ended is not waited for, and its last words are in the error', async () => {
  const child = new ManagedProcess(...node(`console.error('no such option'); process.exitCode = 3`));
  await assert.rejects(child.waitForOutput(/ready/), /has ended: no such option/);
  assert.deepEqual(await child.ended, { code: 3, signal: null });
});

test('a program that is not there has ended', async () => {
  const child = new ManagedProcess('/no/such/program');
  await assert.rejects(child.waitForOutput(/ready/), /ENOENT/);
  assert.equal(child.running, false);
});

test('a process that does not heed a signal is killed', async () => {
  const child = new ManagedProcess(...node(`process.on('SIGTERM', () => undefined); console.log('up'); ${FOREVER}`));
  await child.waitForOutput(/up/);
  assert.deepEqual(await child.stop('SIGTERM', 50), { code: null, signal: 'SIGKILL' });
});

test('a program that runs to its end gives its code, its output and its log', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-testkit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'a.log');
  const [command, words] = node(`console.log('one'); process.exitCode = 2`);
  assert.deepEqual(await runToEnd(command, words, { log }), { code: 2, output: 'one\n' });
  await until('the log', () => readFileSync(log, 'utf8') === 'one\n');
});

test('processor time is read whatever the name of the program', () => {
  const fields = Array.from({ length: 48 }, (_, n) => (n === 9 ? 7 : n === 10 ? 250 : n === 11 ? 30 : 0));
  assert.equal(cpuMsOf(`12 (a ) name) S ${fields.join(' ')}`), 2500 + 300);
});

const HEALTH = `
  const port = process.argv[process.argv.indexOf('--port') + 1];
  let asked = 0;
  require('node:http').createServer((request, response) => {
    response.statusCode = request.url === '/ready' && asked++ > 0 ? 200 : 503;
    response.end(process.env.GREETING);
  }).listen(port, '127.0.0.1');`;

test('a server is started when it says that it is ready, and comes back on its port', async (t) => {
  const options = { command: [process.execPath, '-e', HEALTH, '--'], readyPath: '/ready', environment: { GREETING: 'hello' } };
  const server = await Server.started(options);
  t.after(() => server.kill());
  const greeting = async () => (await fetch(`${server.url}/ready`)).text();
  assert.equal(await greeting(), 'hello');
  const { port, pid } = server;
  await server.kill();
  assert.equal(server.running, false);
  assert.ok((await server.start()) > 0);
  assert.equal(server.port, port);
  assert.notEqual(server.pid, pid);
  assert.equal(await greeting(), 'hello');
  assert.ok((await server.stop()) >= 0);
  assert.equal(await server.stop(), 0);
});

test('a server that ends before it is ready is an error with its output', async () => {
  const server = new Server({ command: [process.execPath, '-e', `console.error('port is taken'); process.exitCode = 1`, '--'] });
  await assert.rejects(server.start(), /ended before it was ready:\n.*port is taken/);
});
