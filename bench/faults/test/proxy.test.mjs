import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { CLEAR, Lane, Proxy } from '../proxy.mjs';

const always = (value) => () => value;
const lane = (random = 0.5) => new Lane(always(random));

test('a piece comes out after the delay, with its jitter', () => {
  assert.equal(lane(0.5).due(1000, 10, { ...CLEAR, delayMs: 300, jitterMs: 20 }), 1300);
  assert.equal(lane(1).due(1000, 10, { ...CLEAR, delayMs: 300, jitterMs: 20 }), 1320);
  assert.equal(lane(0).due(1000, 10, { ...CLEAR, delayMs: 300, jitterMs: 20 }), 1280);
});

test('what is behind a slow piece waits for it', () => {
  const one = lane();
  assert.equal(one.due(0, 10, { ...CLEAR, delayMs: 500 }), 500);
  assert.equal(one.due(100, 10, CLEAR), 500);
  assert.equal(one.due(600, 10, CLEAR), 600);
});

test('a narrow line lets so many bytes pass a second', () => {
  const one = lane();
  assert.equal(one.due(0, 500, { ...CLEAR, bytesPerS: 1000 }), 500);
  assert.equal(one.due(0, 250, { ...CLEAR, bytesPerS: 1000 }), 750);
});

test('a share of the pieces stalls for 200 to 1000 ms', () => {
  assert.equal(lane(0.04).due(0, 1, { ...CLEAR, stallShare: 0.05 }), 200 + 0.04 * 800);
  assert.equal(lane(0.06).due(0, 1, { ...CLEAR, stallShare: 0.05 }), 0);
});

let echo;
let proxy;
let client;
beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await new Proxy(echo.address().port).listen();
});
afterEach(async () => {
  client?.destroy();
  await proxy.close();
  echo.close();
});

async function dial() {
  client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => undefined);
  await once(client, 'connect');
}
const said = async () => String((await once(client, 'data'))[0]);
/** What comes within 100 ms, or null. */
const soon = () => Promise.race([said(), new Promise((resolve) => setTimeout(resolve, 100, null))]);

test('a clear proxy passes both ways', async () => {
  await dial();
  client.write('hello');
  assert.equal(await said(), 'hello');
});

test('in a silence nothing passes and nobody is told; what was under way arrives afterwards', async () => {
  await dial();
  proxy.set({ cut: 'silence' });
  client.write('late');
  assert.equal(await soon(), null);
  assert.equal(client.readyState, 'open');
  proxy.clear();
  assert.equal(await said(), 'late');
});

test('what a client said before it gave up in a silence still arrives, and then its end', async () => {
  const arrived = [];
  const ended = new Promise((resolve) => {
    echo.once('connection', (socket) => {
      socket.on('data', (bytes) => arrived.push(String(bytes)));
      socket.on('close', resolve);
    });
  });
  await dial();
  proxy.set({ cut: 'silence' });
  client.end('last words');
  assert.equal(await soon(), null);
  proxy.clear();
  await ended;
  assert.deepEqual(arrived, ['last words']);
});

test('when only answers are held, what was asked arrives all the same', async () => {
  const arrived = new Promise((resolve) => echo.once('connection', (socket) => socket.on('data', resolve)));
  await dial();
  proxy.set({ cut: 'answers' });
  client.write('done');
  assert.equal(String(await arrived), 'done');
  assert.equal(await soon(), null);
  proxy.clear();
  assert.equal(await said(), 'done');
});

test('whoever comes during a silence is not answered', async () => {
  proxy.set({ cut: 'silence' });
  await dial();
  client.write('anybody?');
  assert.equal(await soon(), null);
  proxy.clear();
  assert.equal(await said(), 'anybody?');
});

test('a reset ends what is open and whoever comes', async () => {
  await dial();
  client.write('x');
  await said();
  proxy.set({ cut: 'reset' });
  const failed = await new Promise((resolve) => client.once('close', resolve));
  assert.equal(failed, true);
  const next = connect(proxy.port, '127.0.0.1');
  const [problem] = await once(next, 'error');
  assert.equal(problem.code, 'ECONNRESET');
  assert.equal(proxy.connections, 0);
});

test('an end on one side reaches the other', async () => {
  await dial();
  client.write('bye');
  await said();
  client.end();
  await once(client, 'close');
  assert.equal(client.readableEnded, true);
});

test('a delay is there both ways', async () => {
  await dial();
  proxy.set({ delayMs: 60 });
  const from = performance.now();
  client.write('slow');
  await said();
  assert.ok(performance.now() - from >= 119);
});
