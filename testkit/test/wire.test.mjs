// Both clients read the golden files of testdata/wire as they read what a server sends.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ExtendedClient } from '../clients/extended-client.mjs';
import { StockClient } from '../clients/stock-client.mjs';

const WIRE = new URL('../../testdata/wire/', import.meta.url);
const read = (folder, name) => JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, WIRE), 'utf8'));
const names = (folder) => readdirSync(new URL(`${folder}/`, WIRE)).map((file) => file.replace('.json', ''));
const eventOf = (name) => name.split('.')[0];
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A socket without a server: keeps what is sent, and receives what the test says. */
class FakeSocket extends EventEmitter {
  connected = false;
  io = Object.assign(new EventEmitter(), { uri: '' });
  sent = [];

  connect() {
    this.connected = true;
    super.emit('connect');
  }

  disconnect() {
    this.connected = false;
  }

  emit(name, payload, answer) {
    this.sent.push({ name, payload, answer });
  }

  timeout() {
    return {
      emit: (name, payload, done) => this.emit(name, payload, (answer) => done(null, answer)),
    };
  }

  receive(name, payload) {
    if (this.listenerCount(name) > 0) super.emit(name, payload);
  }
}

function join(Kind) {
  const socket = new FakeSocket();
  const client = new Kind({
    name: 'Bob',
    urls: ['http://a'],
    at: 0,
    io: () => socket,
  });
  client.enter('ABC123');
  socket.receive('room-joined', read('server', 'room-joined.resumed'));
  return { client, socket };
}

for (const Kind of [ExtendedClient, StockClient]) {
  test(`${Kind.name} takes its seat and its history from room-joined`, () => {
    const { client } = join(Kind);
    assert.equal(client.seated, true);
    assert.equal(client.roomId, 'ABC123');
    assert.equal(client.userId, '00000000-0000-4000-8000-000000000002');
    assert.deepEqual(
      client.received.map(({ body, how }) => [body, how]),
      [['<b> é 🍿 "', 'joined']],
    );
    client.leave();
  });

  test(`${Kind.name} reads every event of the server`, () => {
    for (const name of names('server')) {
      const { client, socket } = join(Kind);
      socket.receive(eventOf(name), read('server', name));
      const ends = ['room-closed', 'session-replaced'].includes(eventOf(name));
      if (!name.startsWith('room-joined')) assert.equal(client.problems.length, ends ? 1 : 0, name);
      client.leave();
    }
  });
}

test('an extended client follows the changes of the golden events', () => {
  const { client, socket } = join(ExtendedClient);
  assert.deepEqual(client.revision, { epoch: 9, seq: 6 });
  assert.equal(client.sessionToken, 'session token');
  assert.equal(client.timeline.phase, 'playing');
  socket.receive('new-message', read('server', 'new-message.since'));
  assert.deepEqual(client.revision, { epoch: 9, seq: 9 });
  assert.equal(client.changes.at(-1)[2], 'new-message');
  client.leave();
});

for (const [reply, seq, snapshots] of [
  ['resume.events', 7, 0],
  ['resume.snapshot', 7, 1],
]) {
  test(`an extended client reads the reply ${reply}`, async () => {
    const { client, socket } = join(ExtendedClient);
    socket.receive('stream-position', read('server', 'stream-position'));
    const { name, payload, answer } = socket.sent.at(-1);
    assert.equal(name, 'resume');
    assert.deepEqual(Object.keys(payload), Object.keys(read('client', 'resume')));
    answer(read('reply', reply));
    await settled();
    assert.deepEqual(client.revision, { epoch: 9, seq });
    assert.equal(client.snapshots, snapshots);
    client.leave();
  });
}
