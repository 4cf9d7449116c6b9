import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { freePort } from '../ports.mjs';
import { CLEAR, TcpProxy, delayOf, transmissionMs } from '../tcp-proxy.mjs';
import { until } from '../waiting.mjs';

const always = (value) => () => value;

test('a piece is delayed, with its jitter', () => {
  const slow = { ...CLEAR, delayMs: 300, jitterMs: 20 };
  assert.equal(delayOf(slow, always(0.5)), 300);
  assert.equal(delayOf(slow, always(1)), 320);
  assert.equal(delayOf(slow, always(0)), 280);
  assert.equal(delayOf({ ...CLEAR, delayMs: 5, jitterMs: 20 }, always(0)), 0);
});

test('a share of the pieces stalls for 200 to 1000 ms', () => {
  assert.equal(delayOf({ ...CLEAR, stallShare: 0.05 }, always(0.04)), 200 + 0.04 * 800);
  assert.equal(delayOf({ ...CLEAR, stallShare: 0.05 }, always(0.06)), 0);
});

test('a narrow line is occupied by each byte', () => {
  assert.equal(transmissionMs(500, { ...CLEAR, bytesPerS: 1000 }), 500);
  assert.equal(transmissionMs(500, CLEAR), 0);
});

const HOUR_MS = 3_600_000;
let echo;
/** What the echo has received, over all connections. */
let echoed;
let proxy;
let client;
/** What the client has received. */
let answers;

beforeEach(async () => {
  echoed = '';
  const serve = (socket) => {
    socket.on('error', () => undefined).on('data', (bytes) => (echoed += bytes));
    socket.pipe(socket);
  };
  echo = createServer(serve).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await TcpProxy.listening(echo.address().port);
});
afterEach(async () => {
  client?.destroy();
  await proxy.close();
  echo.close();
});

async function dial(port = proxy.port) {
  answers = '';
  client = connect(port, '127.0.0.1');
  client.on('error', () => undefined).on('data', (bytes) => (answers += bytes));
  await once(client, 'connect');
}
const answered = (text) => until(() => `${text}, not ${answers}`, () => answers === text); // prettier-ignore
/** Waits until the proxy holds so many pieces: what it holds it has not delivered. */
const held = (count) => until(() => `${count} held, not ${proxy.pending}`, () => proxy.pending === count); // prettier-ignore

test('a clear proxy passes both ways', async () => {
  await dial();
  client.write('hello');
  await answered('hello');
});

test('in a silence nothing passes and no end learns of it; what was under way arrives afterwards', async () => {
  await dial();
  proxy.set({ cut: 'silence' });
  client.write('late');
  await held(1);
  assert.deepEqual([echoed, answers, client.readyState], ['', '', 'open']);
  proxy.clear();
  await answered('late');
});

test('what a client sent before it gave up in a silence still arrives, and then its end', async () => {
  const ended = new Promise((resolve) => echo.once('connection', (socket) => socket.on('end', resolve)));
  await dial();
  proxy.set({ cut: 'silence' });
  client.end('last words');
  await held(2);
  assert.equal(echoed, '');
  proxy.clear();
  await ended;
  assert.equal(echoed, 'last words');
});

test('when only answers are held, requests arrive all the same', async () => {
  await dial();
  proxy.set({ cut: 'answers' });
  client.write('done');
  await held(1);
  assert.deepEqual([echoed, answers], ['done', '']);
  proxy.clear();
  await answered('done');
});

test('a connection made during a silence is not answered until it ends', async () => {
  proxy.set({ cut: 'silence' });
  await dial();
  client.write('anybody?');
  await held(1);
  assert.deepEqual([echoed, answers], ['', '']);
  proxy.clear();
  await answered('anybody?');
});

test('a delay holds requests, and answers as well', async () => {
  const accepted = once(echo, 'connection');
  await dial();
  const [socket] = await accepted;
  proxy.set({ delayMs: HOUR_MS });
  client.write('slow');
  socket.write('slow too');
  await held(2);
  assert.deepEqual([echoed, answers], ['', '']);
});

test('a reset ends what is open and what is new', async () => {
  await dial();
  client.write('x');
  await answered('x');
  proxy.set({ cut: 'reset' });
  const hadError = await new Promise((resolve) => client.once('close', resolve));
  assert.equal(hadError, true);
  const next = connect(proxy.port, '127.0.0.1');
  const [problem] = await once(next, 'error');
  assert.equal(problem.code, 'ECONNRESET');
  assert.equal(proxy.connections, 0);
});

test('an end on one side reaches the other', async () => {
  await dial();
  client.write('bye');
  await answered('bye');
  client.end();
  await once(client, 'close');
  assert.equal(client.readableEnded, true);
});

test('a connection goes to the first target that accepts it, and is reset when there is none', async () => {
  const closed = await freePort();
  const several = await TcpProxy.listening([closed, echo.address().port]);
  await dial(several.port);
  client.write('found');
  await answered('found');
  client.destroy();
  await several.close();
  const none = await TcpProxy.listening([closed, await freePort()]);
  const [problem] = await once(connect(none.port, '127.0.0.1'), 'error');
  assert.equal(problem.code, 'ECONNRESET');
  await none.close();
});

test('a closed proxy can be opened again on its port', async () => {
  const { port } = proxy;
  await proxy.close();
  proxy = await TcpProxy.listening(echo.address().port, { port });
  assert.equal(proxy.port, port);
  await dial();
  client.write('again');
  await answered('again');
});
