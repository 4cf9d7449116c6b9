import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { afterEach, test } from 'node:test';
import { Client } from '../clients/client.mjs';
import { EventLog } from '../clients/event-log.mjs';
import { ExtendedClient } from '../clients/extended-client.mjs';
import { StockClient } from '../clients/stock-client.mjs';

/** A socket whose server is the test: `receive` is an event of the server, `sent` what the client sent. */
class FakeSocket {
  sent = [];
  connected = false;
  #listeners = new EventEmitter();
  #anyListener = () => undefined;

  constructor(url, options) {
    this.options = options;
    this.io = Object.assign(new EventEmitter(), { uri: url });
  }

  on(name, listener) {
    this.#listeners.on(name, listener);
  }

  onAny(listener) {
    this.#anyListener = listener;
  }

  connect() {
    this.connected = true;
    this.receive('connect');
  }

  disconnect() {
    this.connected = false;
  }

  drop() {
    this.connected = false;
    this.receive('disconnect', 'transport close');
  }

  emit(name, payload, answer) {
    this.sent.push({ name, payload, answer });
  }

  timeout() {
    return { emit: (name, payload, done) => this.emit(name, payload, (answer) => done(null, answer)) };
  }

  receive(name, payload) {
    this.#anyListener(name, payload);
    this.#listeners.emit(name, payload);
  }

  last(name) {
    return this.sent.filter((one) => one.name === name).at(-1);
  }
}

let client;
let socket;
afterEach(() => client.leave());

function create(Kind) {
  const io = (url, options) => (socket = new FakeSocket(url, options));
  client = new Kind({ name: 'Ann', urls: ['http://a', 'http://b'], io });
  return client;
}

const message = (n) => ({ id: `id${n}`, message: `m${n}` });
const receiveMessage = (n, epoch = 1) => socket.receive('new-message', { message: message(n), epoch, seq: n });
const shown = () => client.received.filter((one) => one.shown).map(({ body }) => body);
const settled = () => new Promise((resolve) => setImmediate(resolve));

function joined(seq, { id = 'u1', isHost = false, messages = [], epoch = 1 } = {}) {
  const room = { id: 'ROOM01', users: [] };
  socket.receive('room-joined', { room, user: { id, name: 'Ann', isHost }, messages, epoch, seq, sessionToken: 'secret' });
}

test('an extended client applies changes in order, and does not request what it has', () => {
  create(ExtendedClient).enter('ROOM01');
  joined(3, { messages: [message(2), message(3)] });
  receiveMessage(4);
  receiveMessage(5);
  assert.deepEqual(shown(), ['m2', 'm3', 'm4', 'm5']);
  assert.equal(client.resumes, 0);
});

test('at a gap it resumes from its revision, and applies the answer before what was received meanwhile', async () => {
  create(ExtendedClient).enter('ROOM01');
  joined(3);
  receiveMessage(6);
  receiveMessage(7);
  assert.deepEqual(shown(), []);
  const { payload, answer } = socket.last('resume');
  assert.deepEqual(payload, { roomId: 'ROOM01', epoch: 1, seq: 3 });
  const events = [4, 5, 6].map((n) => ['new-message', { message: message(n), epoch: 1, seq: n }]);
  answer({ ok: true, epoch: 1, seq: 6, events });
  await settled();
  assert.deepEqual(shown(), ['m4', 'm5', 'm6', 'm7']);
  assert.equal(client.resumes, 1);
});

test('after another epoch it takes a snapshot, and keeps what it had', async () => {
  create(ExtendedClient).enter('ROOM01');
  joined(3);
  receiveMessage(4);
  socket.receive('stream-position', { roomId: 'ROOM01', epoch: 9, seq: 2 });
  const snapshot = { room: { id: 'ROOM01' }, messages: [message(4), message(5)] };
  socket.last('resume').answer({ ok: true, epoch: 9, seq: 2, snapshot });
  await settled();
  receiveMessage(3, 9);
  assert.deepEqual(shown(), ['m4', 'm5', 'm3']);
  assert.deepEqual(client.revision, { epoch: 9, seq: 3 });
});

test('it returns with its token to the next server, requests what it missed, and sends again what was not acknowledged', async () => {
  create(ExtendedClient).enter('ROOM01');
  joined(3);
  client.sendMessage('hello', () => undefined);
  const first = socket.last('send-message').payload;
  socket.drop();
  assert.equal(client.open, false);
  assert.equal(socket.io.uri, 'http://b');
  socket.options.auth((auth) => assert.deepEqual(auth, { resume: true, sessionToken: 'secret', roomId: 'ROOM01' }));
  socket.connect();
  joined(5);
  assert.equal(socket.last('resume').payload.seq, 3);
  const acknowledged = [];
  client.sendMessage('more', (answer) => acknowledged.push(answer.seq));
  const [again, more] = socket.sent.filter(({ name }) => name === 'send-message').slice(-2);
  assert.deepEqual(again.payload, first);
  more.answer({ ok: true, epoch: 1, seq: 6 });
  assert.deepEqual(acknowledged, [6]);
  assert.equal(client.unacknowledged, 1);
  assert.deepEqual(
    client.attempts.map(({ body, ok, cutAt }) => [body, ok, cutAt !== null]),
    [
      ['hello', false, true],
      ['hello', false, false],
      ['more', true, false],
    ],
  );
});

test('an extended client whose room is not created tries again, but not on behalf of an earlier connection', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  create(ExtendedClient).enter(null);
  const creations = () => socket.sent.filter(({ name }) => name === 'create-room').length;
  assert.deepEqual(socket.last('create-room').payload, { hostName: 'Ann' });
  const rejected = { ok: false, code: 'UNAVAILABLE', retryable: true };
  await answered(rejected);
  assert.equal(creations(), 1);
  context.mock.timers.tick(500);
  assert.equal(creations(), 2);
  await answered(rejected);
  socket.drop();
  socket.connect();
  assert.equal(creations(), 3);
  context.mock.timers.tick(500);
  assert.equal(creations(), 3);
  socket.receive('room-created', { roomId: 'ROOM01', hostToken: 'token' });
  await answered({ ok: true, roomId: 'ROOM01' });
  context.mock.timers.tick(500);
  assert.equal(creations(), 3);
  assert.deepEqual(client.problems, []);

  async function answered(answer) {
    socket.last('create-room').answer(answer);
    await settled();
  }
});

test('another user id and a lost role are problems', () => {
  create(ExtendedClient).enter('ROOM01');
  joined(3, { isHost: true });
  assert.deepEqual(client.problems, []);
  joined(4, { id: 'u2' });
  assert.equal(client.problems.length, 2);
});

test('a stock client joins again under its name with its host token, and once more when it is rejected', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  create(StockClient).enter(null);
  assert.deepEqual(socket.last('create-room').payload, { hostName: 'Ann' });
  socket.receive('room-created', { roomId: 'ROOM01', hostToken: 'token' });
  joined(1);
  socket.drop();
  socket.connect();
  const expected = { roomId: 'ROOM01', userName: 'Ann', hostToken: 'token' };
  assert.deepEqual(socket.last('join-room').payload, expected);
  socket.receive('room-error', { error: 'taken' });
  context.mock.timers.tick(500);
  assert.equal(socket.sent.filter(({ name }) => name === 'join-room').length, 2);
});

test('a stock client receives its history again after it came back, and does not show it twice', () => {
  create(StockClient).enter('ROOM01');
  joined(1, { messages: [message(1)] });
  socket.receive('new-message', { message: message(2) });
  socket.drop();
  socket.connect();
  joined(2, { messages: [message(1), message(2), message(3)] });
  assert.deepEqual(shown(), ['m1', 'm2', 'm3']);
  assert.deepEqual(
    client.received.map(({ connection }) => connection),
    [1, 1, 2, 2, 2],
  );
});

test('a plain client connects and does nothing by itself', () => {
  create(Client).enter();
  assert.deepEqual(socket.sent, []);
  socket.drop();
  assert.deepEqual(client.interruptions, ['transport close']);
  assert.equal(client.url, 'http://b');
});

test('events are taken by their names in the order in which they came, before or after they are waited for', async () => {
  create(Client);
  const events = new EventLog(socket);
  socket.receive('video-set', 1);
  socket.receive('new-message', 'a');
  socket.receive('new-message', 'b');
  assert.equal(await events.next('new-message'), 'a');
  assert.deepEqual(events.names(), ['video-set', 'new-message']);
  assert.equal(await events.next('new-message'), 'b');
  assert.equal(events.has('new-message'), false);
  const later = events.next('new-message');
  socket.receive('new-message', 'c');
  assert.equal(await later, 'c');
});

test('an event that does not come is an error that names those that came', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  create(Client);
  const events = new EventLog(socket, { withinMs: 100 });
  socket.receive('video-set', 1);
  const never = assert.rejects(events.next('new-message'), /no new-message within 100 ms, but .*video-set/);
  context.mock.timers.tick(100);
  await never;
});
