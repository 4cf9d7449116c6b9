import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { afterEach, test } from 'node:test';
import { ResumablePerson } from '../people/resumable.mjs';
import { StockPerson } from '../people/stock.mjs';

/** What the test plays the server through: `tell` is an event of it, `asked` what the client sent. */
class Line {
  asked = [];
  connected = false;
  #on = new EventEmitter();

  constructor(url, options) {
    this.options = options;
    this.io = Object.assign(new EventEmitter(), { uri: url });
  }

  on(name, listener) {
    this.#on.on(name, listener);
  }

  connect() {
    this.connected = true;
    this.tell('connect');
  }

  disconnect() {
    this.connected = false;
  }

  drop() {
    this.connected = false;
    this.tell('disconnect', 'transport close');
  }

  emit(name, payload, answer) {
    this.asked.push({ name, payload, answer });
  }

  timeout() {
    return { emit: (name, payload, done) => this.emit(name, payload, (answer) => done(null, answer)) };
  }

  tell(name, payload) {
    this.#on.emit(name, payload);
  }

  last(name) {
    return this.asked.filter((one) => one.name === name).at(-1);
  }
}

let person;
let line;
afterEach(() => person.leave());

function born(Kind) {
  const io = (url, options) => (line = new Line(url, options));
  person = new Kind({ name: 'Ann', urls: ['http://a', 'http://b'], at: 0, io });
  return person;
}

const message = (n) => ({ id: `id${n}`, message: `m${n}` });
const says = (n, epoch = 1) => line.tell('new-message', { message: message(n), epoch, seq: n });
const told = () => person.heard.filter(({ shown }) => shown).map(({ body }) => body);
const settled = () => new Promise((resolve) => setImmediate(resolve));

function joined(seq, { id = 'u1', isHost = false, messages = [], epoch = 1 } = {}) {
  const room = { id: 'ROOM01', users: [] };
  line.tell('room-joined', { room, user: { id, name: 'Ann', isHost }, messages, epoch, seq, sessionToken: 'secret' });
}

test('a resumable person keeps what is told in order, and does not ask for what it has', () => {
  born(ResumablePerson).enter('ROOM01');
  joined(3, { messages: [message(2), message(3)] });
  says(4);
  says(5);
  assert.deepEqual(told(), ['m2', 'm3', 'm4', 'm5']);
  assert.equal(person.resumes, 0);
});

test('at a gap it asks from its place, and puts the answer before what was told meanwhile', async () => {
  born(ResumablePerson).enter('ROOM01');
  joined(3);
  says(6);
  says(7);
  assert.deepEqual(told(), []);
  const { payload, answer } = line.last('resume');
  assert.deepEqual(payload, { roomId: 'ROOM01', epoch: 1, seq: 3 });
  const events = [4, 5, 6].map((n) => ['new-message', { message: message(n), epoch: 1, seq: n }]);
  answer({ ok: true, epoch: 1, seq: 6, events });
  await settled();
  assert.deepEqual(told(), ['m4', 'm5', 'm6', 'm7']);
  assert.equal(person.resumes, 1);
});

test('after another epoch it takes a snapshot, and what it had stays', async () => {
  born(ResumablePerson).enter('ROOM01');
  joined(3);
  says(4);
  line.tell('stream-position', { roomId: 'ROOM01', epoch: 9, seq: 2 });
  const snapshot = { room: { id: 'ROOM01' }, messages: [message(4), message(5)] };
  line.last('resume').answer({ ok: true, epoch: 9, seq: 2, snapshot });
  await settled();
  says(3, 9);
  assert.deepEqual(told(), ['m4', 'm5', 'm3']);
  assert.deepEqual(person.place, { epoch: 9, seq: 3 });
});

test('it comes back with its token to the next address, asks for what it missed, and says again what was not acknowledged', async () => {
  born(ResumablePerson).enter('ROOM01');
  joined(3);
  person.say('hello', () => undefined);
  const first = line.last('send-message').payload;
  line.drop();
  assert.equal(person.open, false);
  assert.equal(line.io.uri, 'http://b');
  line.options.auth((auth) => assert.deepEqual(auth, { resume: true, sessionToken: 'secret', roomId: 'ROOM01' }));
  line.connect();
  joined(5);
  assert.equal(line.last('resume').payload.seq, 3);
  const acknowledged = [];
  person.say('more', (answer) => acknowledged.push(answer.seq));
  const [again, more] = line.asked.filter(({ name }) => name === 'send-message').slice(-2);
  assert.deepEqual(again.payload, first);
  more.answer({ ok: true, epoch: 1, seq: 6 });
  assert.deepEqual(acknowledged, [6]);
  assert.equal(person.waiting, 1);
  assert.deepEqual(
    person.attempts.map(({ body, ok, cutAt }) => [body, ok, cutAt !== null]),
    [
      ['hello', false, true],
      ['hello', false, false],
      ['more', true, false],
    ],
  );
});

test('another user id and a lost role are problems', () => {
  born(ResumablePerson).enter('ROOM01');
  joined(3, { isHost: true });
  assert.deepEqual(person.problems, []);
  joined(4, { id: 'u2' });
  assert.equal(person.problems.length, 2);
});

test('a stock person joins again under its name with its host token, and tries again when it is refused', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  born(StockPerson).enter(null);
  assert.deepEqual(line.last('create-room').payload, { hostName: 'Ann' });
  line.tell('room-created', { roomId: 'ROOM01', hostToken: 'token' });
  joined(1);
  line.drop();
  line.connect();
  const expected = { roomId: 'ROOM01', userName: 'Ann', hostToken: 'token' };
  assert.deepEqual(line.last('join-room').payload, expected);
  line.tell('room-error', { error: 'taken' });
  context.mock.timers.tick(500);
  assert.equal(line.asked.filter(({ name }) => name === 'join-room').length, 2);
});

test('a stock person has its history again after it came back, and that is not shown twice', () => {
  born(StockPerson).enter('ROOM01');
  joined(1, { messages: [message(1)] });
  line.tell('new-message', { message: message(2) });
  line.drop();
  line.connect();
  joined(2, { messages: [message(1), message(2), message(3)] });
  assert.deepEqual(told(), ['m1', 'm2', 'm3']);
  assert.deepEqual(
    person.heard.map(({ connection }) => connection),
    [1, 1, 2, 2, 2],
  );
});
