// Checks the base contract as a client of the original server would use it, with the stock client and its default transports.
// Run: node contract.mjs http://localhost:3000
import { io } from 'socket.io-client';
import { Client } from '../../../../testkit/clients/client.mjs';
import { EventLog } from '../../../../testkit/clients/event-log.mjs';
import { equal, ok } from './checks.mjs';

const url = process.argv[2];
if (!url) {
  console.log('usage: node contract.mjs <url of the server>');
  process.exit(2);
}

const EVENT_MS_MAX = 15000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const credentials = 'Invalid host credentials. Only the room creator can join as host.';
const film = 'https://films.example/one.mp4';
const open = [];

class TestClient extends Client {
  constructor() {
    // Pages attach their handlers and send the first event before they are connected.
    super({ urls: [url], io, options: { transports: undefined, reconnection: false, autoConnect: true } });
    this.events = new EventLog(this.socket, { withinMs: EVENT_MS_MAX });
    open.push(this);
  }

  emit(event, payload) {
    this.socket.emit(event, payload);
    return this;
  }

  take(event) {
    return this.events.next(event);
  }

  // A message to oneself comes back behind everything that was sent before it.
  async settle(roomId) {
    const mark = `mark ${Math.random()}`;
    this.emit('send-message', { roomId, message: mark });
    for (;;) {
      const { message } = await this.take('new-message');
      if (message.message === mark) return;
      this.before = [...(this.before ?? []), message];
    }
  }

  has(event) {
    return this.events.has(event);
  }

  async create(hostName) {
    this.emit('create-room', { hostName });
    const created = await this.take('room-created');
    const joined = await this.take('room-joined');
    this.user = joined.user;
    this.hostToken = created.hostToken;
    this.roomId = created.roomId;
    return created;
  }

  async join(roomId, userName, hostToken) {
    this.emit('join-room', hostToken ? { roomId, userName, hostToken } : { roomId, userName });
    const joined = await this.take('room-joined');
    this.user = joined.user;
    this.roomId = roomId;
    return joined;
  }

  async refused(event, payload, as, error) {
    this.emit(event, payload);
    equal((await this.take(as)).error, error, `${event} refused`);
  }

}

async function pair() {
  const host = new TestClient();
  await host.create('Ann');
  const guest = new TestClient();
  await guest.join(host.roomId, 'Bob');
  await host.take('user-joined');
  return { host, guest, roomId: host.roomId };
}

const cases = {
  async 'CR1 create: room-created, then room-joined'() {
    const host = new TestClient();
    const created = await host.create('Ann');
    ok(/^[A-Z0-9]{6}$/.test(created.roomId), 'room id');
    ok(uuid.test(created.hostToken), 'host token');
    ok(!('hostToken' in created.room), 'the token is not in the room');
    equal(created.room.users.length, 1, 'users');
    equal(created.room.hostName, 'Ann', 'host name');
    equal(created.room.videoType, null, 'video type');
    ok(!('videoUrl' in created.room), 'no url yet');
    ok(host.user.isHost && uuid.test(host.user.id) && iso.test(host.user.joinedAt), 'the user');
  },

  async 'TR2 polling is upgraded to websocket'() {
    const client = new TestClient();
    await client.create('Ann');
    const { engine } = client.socket.io;
    if (engine.transport.name !== 'websocket') await new Promise((resolve) => engine.once('upgrade', resolve));
    equal(engine.transport.name, 'websocket', 'transport');
  },

  async 'JN6 JN8 join: the room, the history, and an event for the others'() {
    const host = new TestClient();
    await host.create('Ann');
    host.emit('send-message', { roomId: host.roomId, message: 'first' });
    await host.take('new-message');
    const guest = new TestClient();
    const joined = await guest.join(host.roomId, ' Bob ');
    equal(joined.user.name, 'Bob', 'name');
    equal(joined.user.isHost, false, 'no host');
    equal(joined.room.users.map((user) => user.name), ['Ann', 'Bob'], 'users');
    equal(joined.messages.map((one) => one.message), ['first'], 'history');
    equal((await host.take('user-joined')).user, joined.user, 'user-joined');
    ok(!guest.has('user-joined'), 'not to the joiner');
  },

  async 'JN0 JN3 JN4 JN5 errors of a join'() {
    const { host, roomId } = await pair();
    const other = new TestClient();
    const wrong = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
    await other.refused('join-room', { roomId: 'ZZZZZZ', userName: 'Cleo' }, 'room-error', 'Room not found');
    await other.refused(
      'join-room',
      { roomId, userName: 'bob' },
      'room-error',
      'The name "bob" is already taken in this room. Please choose a different name.',
    );
    await other.refused('join-room', { roomId, userName: 'Ann' }, 'room-error', credentials);
    await other.refused('join-room', { roomId, userName: 'Ann', hostToken: wrong }, 'room-error', credentials);
    await other.refused('join-room', { roomId, userName: 'Cleo', hostToken: wrong }, 'room-error', credentials);
    await host.settle(roomId);
    ok(!host.has('user-joined'), 'nothing happened');
  },

  async 'FR11 bad data is answered with every message in field order'() {
    const client = new TestClient();
    await client.refused(
      'create-room',
      {},
      'room-error',
      'Invalid data: Invalid input: expected string, received undefined',
    );
    await client.refused(
      'join-room',
      { roomId: 'abc', userName: '<', hostToken: 'x' },
      'room-error',
      'Invalid data: Room ID must be exactly 6 characters, Room ID can only contain uppercase letters and numbers, ' +
        'Name must be at least 2 characters long, Name can only contain letters, numbers, spaces, and basic punctuation, ' +
        'Invalid UUID',
    );
    await client.refused(
      'sync-check',
      { roomId: 'ABC123', currentTime: -1, isPlaying: 'yes', timestamp: 0 },
      'room-error',
      'Invalid data: Too small: expected number to be >=0, Invalid input: expected boolean, received string, ' +
        'Too small: expected number to be >0',
    );
    await client.refused(
      'send-message',
      'text',
      'room-error',
      'Invalid data: Invalid input: expected object, received string',
    );
    client.socket.emit('typing-start');
    equal(
      (await client.take('room-error')).error,
      'Invalid data: Invalid input: expected object, received undefined',
      'no payload',
    );
  },

  async 'SV1 PB1 PB2 PB3 video control reaches the others'() {
    const { host, guest, roomId } = await pair();
    host.emit('set-video', { roomId, videoUrl: film });
    for (const one of [host, guest]) {
      const set = await one.take('video-set');
      equal([set.videoUrl, set.videoType], [film, 'video'], 'video-set');
    }
    host.emit('play-video', { roomId, currentTime: 12.5 });
    const played = await guest.take('video-played');
    equal(played.currentTime, 12.5, 'position');
    ok(Number.isInteger(played.timestamp) && Math.abs(played.timestamp - Date.now()) < 60000, 'server ms');
    host.emit('seek-video', { roomId, currentTime: 60 });
    equal((await guest.take('video-seeked')).currentTime, 60, 'seek');
    host.emit('pause-video', { roomId, currentTime: 61 });
    equal((await guest.take('video-paused')).currentTime, 61, 'pause');
    await host.settle(roomId);
    ok(!['video-played', 'video-seeked', 'video-paused'].some((event) => host.has(event)), 'not to the sender');
  },

  async 'HR1 MB1 guests and strangers control nothing'() {
    const { guest, host, roomId } = await pair();
    const control = 'Only hosts can control the video';
    await guest.refused('play-video', { roomId, currentTime: 1 }, 'error', control);
    await guest.refused('pause-video', { roomId, currentTime: 1 }, 'error', control);
    await guest.refused('seek-video', { roomId, currentTime: 1 }, 'error', control);
    await guest.refused('set-video', { roomId, videoUrl: film }, 'error', 'Only hosts can set the video');
    await guest.refused('promote-host', { roomId, userId: host.user.id }, 'error', 'Only hosts can promote users');
    const check = { roomId, currentTime: 1, isPlaying: true, timestamp: 1 };
    await guest.refused('sync-check', check, 'error', 'Only hosts can send sync checks');
    const stranger = new TestClient();
    await stranger.refused('send-message', { roomId, message: 'hi' }, 'error', 'Not authenticated');
    await stranger.refused('typing-start', { roomId }, 'error', 'Not authenticated');
    await stranger.refused('play-video', { roomId, currentTime: 1 }, 'error', control);
    await stranger.refused('play-video', { roomId: 'ZZZZZZ', currentTime: 1 }, 'room-error', 'Room not found');
    await stranger.refused('promote-host', { roomId, userId: host.user.id }, 'error', 'Not authenticated');
  },

  async 'PR1 promotion'() {
    const { host, guest, roomId } = await pair();
    const unknown = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
    await host.refused('promote-host', { roomId, userId: unknown }, 'error', 'User not found');
    host.emit('promote-host', { roomId, userId: guest.user.id });
    for (const one of [host, guest]) {
      const promoted = await one.take('user-promoted');
      equal([promoted.userId, promoted.userName], [guest.user.id, 'Bob'], 'user-promoted');
    }
    await host.refused('promote-host', { roomId, userId: guest.user.id }, 'error', 'User is already a host');
    guest.emit('play-video', { roomId, currentTime: 1 });
    await host.take('video-played');
  },

  async 'SC1 EV9 sync-check'() {
    const { host, guest, roomId } = await pair();
    host.emit('sync-check', { roomId, currentTime: 3.25, isPlaying: true, timestamp: 1700000000123 });
    equal(
      await guest.take('sync-update'),
      { currentTime: 3.25, isPlaying: true, timestamp: 1700000000123 },
      'sync-update',
    );
  },

  async 'CH1 TP4 chat'() {
    const { host, guest, roomId } = await pair();
    guest.emit('send-message', { roomId, message: '  hello <b>\u{1F37F}</b> ' });
    for (const one of [host, guest]) {
      const { message } = await one.take('new-message');
      equal(Object.keys(message).sort(), ['id', 'isRead', 'message', 'roomId', 'timestamp', 'userId', 'userName'], 'fields');
      equal(message.message, 'hello <b>\u{1F37F}</b>', 'text');
      ok(uuid.test(message.id) && iso.test(message.timestamp) && message.isRead === false, 'id, time and flag');
    }
    const empty = 'Invalid data: Too small: expected string to have >=1 characters';
    await guest.refused('send-message', { roomId, message: '   ' }, 'room-error', empty);
    const long = 'Invalid data: Too big: expected string to have <=1000 characters';
    await guest.refused('send-message', { roomId, message: 'x'.repeat(1001) }, 'room-error', long);
  },

  async 'LF2 the last 20 messages are kept, oldest first'() {
    const { host, roomId } = await pair();
    for (let i = 1; i <= 25; i++) host.emit('send-message', { roomId, message: `number ${i}` });
    for (let i = 1; i <= 25; i++) equal((await host.take('new-message')).message.message, `number ${i}`, 'order');
    const late = new TestClient();
    const { messages } = await late.join(roomId, 'Cleo');
    equal(messages.map((one) => one.message), Array.from({ length: 20 }, (_, i) => `number ${i + 6}`), 'history');
  },

  async 'TY1 typing'() {
    const { host, guest, roomId } = await pair();
    guest.emit('typing-start', { roomId });
    equal(await host.take('user-typing'), { userId: guest.user.id, userName: 'Bob' }, 'user-typing');
    guest.emit('typing-stop', { roomId });
    equal(await host.take('user-stopped-typing'), { userId: guest.user.id }, 'user-stopped-typing');
    ok(!guest.has('user-typing'), 'not to the sender');
  },

  async 'JN9 late join while the film plays'() {
    const { host, roomId } = await pair();
    host.emit('set-video', { roomId, videoUrl: film }).emit('play-video', { roomId, currentTime: 100 });
    await host.settle(roomId);
    const late = new TestClient();
    const { room } = await late.join(roomId, 'Cleo');
    const update = await late.take('sync-update');
    ok(room.videoState.isPlaying && room.videoState.currentTime >= 100, 'state of the room');
    ok(update.isPlaying && update.currentTime >= 100 && update.currentTime < 160, 'sync-update');
    equal([room.videoUrl, room.videoType], [film, 'video'], 'film');
  },

  async 'LV2 LV3 the longest in the room inherits from the last host'() {
    const { host, guest, roomId } = await pair();
    const cleo = new TestClient();
    await cleo.join(roomId, 'Cleo');
    host.leave();
    for (const one of [guest, cleo]) {
      equal((await one.take('user-left')).userId, host.user.id, 'user-left');
      equal((await one.take('user-promoted')).userId, guest.user.id, 'user-promoted');
    }
    guest.emit('play-video', { roomId, currentTime: 1 });
    await cleo.take('video-played');
    const { room } = await cleo.join(roomId, 'Cleo');
    equal([room.hostId, room.hostName], [guest.user.id, 'Bob'], 'host');
  },

  async 'LV1 leave'() {
    const { host, guest, roomId } = await pair();
    guest.emit('leave-room', { roomId });
    equal((await host.take('user-left')).userId, guest.user.id, 'user-left');
    host.emit('send-message', { roomId, message: 'gone?' });
    await host.take('new-message');
    await guest.refused('send-message', { roomId, message: 'x' }, 'error', 'Not authenticated');
    ok(!guest.has('new-message'), 'hears nothing any more');
  },

  async 'JN2 LV4 the creator refreshes the page and comes back by the host token'() {
    const host = new TestClient();
    const { roomId, hostToken } = await host.create('Ann');
    host.emit('set-video', { roomId, videoUrl: film });
    await host.take('video-set');
    host.leave();
    const back = new TestClient();
    const joined = await back.join(roomId, 'Ann', hostToken);
    ok(joined.user.isHost, 'host again');
    equal(joined.room.hostId, joined.user.id, 'host id');
    equal(joined.room.videoUrl, film, 'film');
    back.emit('play-video', { roomId, currentTime: 1 });
    await back.settle(roomId);
    ok(!back.has('error'), 'with a right');
  },

  async 'JN1 a second join with the own name'() {
    const { host, guest, roomId } = await pair();
    const id = guest.user.id;
    equal((await guest.join(roomId, 'BOB')).user.id, id, 'the same user');
    await host.settle(roomId);
    ok(!host.has('user-joined') && !host.has('user-left'), 'sent to no member');
  },

  async 'TR8 an event sent at connect is not lost'() {
    for (let i = 0; i < 5; i++) {
      const client = new TestClient();
      client.emit('join-room', { roomId: 'ZZZZZZ', userName: 'Bob' });
      equal((await client.take('room-error')).error, 'Room not found', 'answer');
      client.leave();
    }
  },

  async 'RL5 too many events of a class are refused'() {
    const client = new TestClient();
    for (let i = 0; i < 100; i++) client.emit('join-room', { roomId: 'ZZZZZZ', userName: 'Bob' });
    const errors = [];
    for (let i = 0; i < 100; i++) errors.push((await client.take('room-error')).error);
    equal(errors.slice(0, 60), Array(60).fill('Room not found'), 'within the burst');
    // One or two more may pass while they come in.
    const limited = errors.filter((error) => error === 'Too many requests. Please slow down.').length;
    ok(limited >= 20, `limited: ${JSON.stringify(errors)}`);
  },

  async 'RL2 the eleventh socket of an address is disconnected without an event'() {
    const ten = [];
    for (let i = 0; i < 10; i++) {
      const client = new TestClient();
      await client.refused('join-room', { roomId: 'ZZZZZZ', userName: 'Bob' }, 'room-error', 'Room not found');
      ten.push(client);
    }
    const eleventh = new TestClient();
    await new Promise((resolve) => eleventh.socket.on('disconnect', resolve));
    equal(eleventh.events.names(), [], 'no event');
    ten[0].leave();
    for (;;) {
      const again = new TestClient();
      const stays = await new Promise((resolve) => {
        again.socket.on('disconnect', () => resolve(false));
        again.emit('join-room', { roomId: 'ZZZZZZ', userName: 'Bob' }).take('room-error').then(() => resolve(true), () => resolve(false));
      });
      if (stays) break;
    }
  },
};

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}: ${error.message}`);
  }
  const closing = open.splice(0);
  closing.forEach((client) => client.leave());
}
const count = Object.keys(cases).length;
console.log(failed === 0 ? `VERDICT ok ${count} cases` : `VERDICT failed ${failed} of ${count} cases`);
process.exit(failed === 0 ? 0 : 1);
