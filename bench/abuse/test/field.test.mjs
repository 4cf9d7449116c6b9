import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { Field } from '../net/field.mjs';
import { ask } from '../net/http.mjs';
import { frame, PING, TEXT } from '../../runner/frames.mjs';
import { openWebsocket } from '../net/websocket.mjs';

async function listening(test, onSocket) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peers = new Set();
  server.on('connection', (socket) => peers.add(socket));
  test.after(() => {
    for (const peer of peers) peer.destroy();
    server.close();
  });
  return server.address().port;
}

const fieldOn = (port, seconds = 5) => new Field({ port, address: '127.0.0.9', seconds });

test('connections come from the address of the field, and are all reset at its end', async (test) => {
  const peers = [];
  const port = await listening(test, (socket) => peers.push(socket));
  const field = fieldOn(port);
  await field.connect();
  await field.connect();
  assert.equal(field.open, 2);
  assert.equal(peers[0].remoteAddress, '127.0.0.9');
  const closed = Promise.all(peers.map((peer) => new Promise((resolve) => peer.once('close', resolve))));
  field.close();
  await closed;
  assert.equal(field.counts.connections, 2);
});

test('a server that is not there is counted, and nothing is thrown', async () => {
  const field = fieldOn(1);
  assert.equal(await field.connect(), null);
  assert.equal(field.counts.ECONNREFUSED, 1);
});

test('workers go on after failures and stop at the end', async () => {
  const field = fieldOn(1, 0.3);
  let turns = 0;
  await field.repeat(2, async () => {
    if (turns++ % 2 === 0) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    return false;
  });
  assert.ok(field.over);
  assert.ok(turns >= 2 && turns <= 8, `${turns}`);
  assert.ok(field.counts.ECONNRESET >= 1);
});

test('a request gives its status, and null when the server hangs up', async (test) => {
  const port = await listening(test, (socket) =>
    socket.on('data', (bytes) => (bytes.includes('/gone') ? socket.destroy() : socket.write('HTTP/1.1 429 Too Many\r\n\r\n'))),
  );
  const field = fieldOn(port);
  assert.equal(await ask(field, await field.connect(), 'GET / HTTP/1.1\r\n\r\n'), '429');
  assert.equal(await ask(field, await field.connect(), 'GET /gone HTTP/1.1\r\n\r\n'), null);
  assert.deepEqual(field.counts, { connections: 2, 'requests answered 429': 1, 'requests without an answer': 1 });
  field.close();
});

/** A frame as a server sends it: short, and without a mask. */
const served = (text) => Buffer.concat([Buffer.from([0x80 | TEXT, text.length]), Buffer.from(text)]);

test('a websocket is opened, enters, answers pings, and counts what it is answered', async (test) => {
  const received = [];
  const port = await listening(test, (socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 101 Switching\r\n\r\n');
      socket.write(served('0{}'));
      socket.on('data', (bytes) => {
        received.push(bytes);
        if (bytes.includes('40')) socket.write(Buffer.concat([served('40{}'), served('2'), served('431[{"ok":true}]')]));
      });
    });
  });
  const field = fieldOn(port);
  const websocket = await openWebsocket(field);
  const answered = websocket.next((text) => text.startsWith('43'));
  assert.equal(await websocket.enter(), true);
  assert.equal(await answered, '431[{"ok":true}]');
  websocket.ping('x');
  while (!Buffer.concat(received).includes(frame(PING, 'x'))) await new Promise(setImmediate);
  assert.ok(Buffer.concat(received).includes(frame(TEXT, '3')));
  assert.equal(field.counts.acknowledged, 1);
  field.close();
});

test('an upgrade that is refused is counted by its status', async (test) => {
  const port = await listening(test, (socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 429 Too Many Requests\r\n\r\n')),
  );
  const field = fieldOn(port);
  assert.equal(await openWebsocket(field), null);
  assert.equal(field.counts['upgrades answered 429'], 1);
});
