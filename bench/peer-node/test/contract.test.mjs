// The base contract, held by the peer on both stores. Without redis-server the second is skipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { Redis } from '../../faults/redis.mjs';
import { Person, startedPeer } from './people.mjs';

const FILM = 'https://example.org/film.mp4';
const CREDENTIALS = 'Invalid host credentials. Only the room creator can join as host.';

function hasRedis() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

for (const kind of ['memory', 'redis'])
  describe(`the peer on ${kind}`, { skip: kind === 'redis' && !hasRedis() ? 'there is no redis-server' : false }, () => {
    const open = [];
    let peer;
    let url;
    before(async () => {
      const redis = kind === 'redis' ? await Redis.started() : undefined;
      if (redis !== undefined) open.push(() => redis.close());
      const words = redis === undefined ? ['--store', 'memory'] : ['--redis', redis.url];
      peer = await startedPeer(words);
      const keeping = await startedPeer(words, { KEEP_USERS: '1' });
      open.push(
        () => peer.close(),
        () => keeping.close(),
      );
      url = { plain: peer.url, keeping: keeping.url };
    });
    after(async () => {
      for (const close of open.reverse()) await close();
    });

    async function person(t, where = url.plain, transports = undefined) {
      const one = new Person(where, transports);
      t.after(() => one.leaveTheHouse());
      return one;
    }

    async function party(t) {
      const host = await person(t);
      const room = await host.create('Alice');
      const guest = await person(t);
      const joined = await guest.join(room.roomId, 'Bob');
      const arrived = await host.next('user-joined');
      return { host, guest, room, roomId: room.roomId, bob: joined.user, joined, arrived };
    }

    test(`${kind}: TR6 health beats`, async () => {
      const answer = await fetch(`${url.plain}/health`);
      assert.equal(answer.status, 200);
      assert.equal(await answer.text(), 'heart beating');
    });

    test(`${kind}: CR1 a room is created`, async (t) => {
      const { roomId, room, hostToken, user, joined } = await (await person(t)).create('Alice');
      assert.match(roomId, /^[A-Z0-9]{6}$/);
      assert.match(hostToken, /^[0-9a-f-]{36}$/);
      assert.deepEqual(room.users, [user]);
      assert.equal(user.isHost, true);
      assert.equal(room.hostId, user.id);
      assert.equal(room.videoType, null);
      assert.equal('hostToken' in room, false);
      assert.deepEqual(joined.messages, []);
    });

    test(`${kind}: JN6 JN8 a guest joins and the others hear of it`, async (t) => {
      const { joined, bob, arrived } = await party(t);
      assert.deepEqual(
        joined.room.users.map(({ name, isHost }) => [name, isHost]),
        [
          ['Alice', true],
          ['Bob', false],
        ],
      );
      assert.deepEqual(arrived, { user: bob });
    });

    test(`${kind}: JN0 ten joins at once leave eleven users`, async (t) => {
      const { roomId } = await (await person(t)).create('Alice');
      const guests = await Promise.all(Array.from({ length: 10 }, () => person(t)));
      const joins = await Promise.all(guests.map((guest, n) => guest.join(roomId, `Guest ${n}`)));
      assert.equal(Math.max(...joins.map(({ room }) => room.users.length)), 11);
    });

    test(`${kind}: JN3 JN4 JN5 taken names and wrong tokens are refused`, async (t) => {
      const { roomId } = await party(t);
      const other = await person(t);
      assert.match(await other.refusedToJoin(roomId, 'Bob'), /^The name "Bob" is already taken/);
      assert.equal(await other.refusedToJoin(roomId, 'Alice'), CREDENTIALS);
      assert.equal(await other.refusedToJoin(roomId, 'Carol', { hostToken: crypto.randomUUID() }), CREDENTIALS);
      assert.equal(await other.refusedToJoin('ZZZZZ0', 'Carol'), 'Room not found');
    });

    test(`${kind}: JN2 JN4 the host token makes a host`, async (t) => {
      const { roomId, room } = await party(t);
      const again = await (await person(t)).join(roomId, 'Alice', { hostToken: room.hostToken });
      assert.equal(again.user.id, room.user.id);
      const second = await (await person(t)).join(roomId, 'Carol', { hostToken: room.hostToken });
      assert.deepEqual([second.user.isHost, second.room.hostName], [true, 'Carol']);
    });

    test(`${kind}: PB1 PB2 PB3 SV1 the host controls, the others follow`, async (t) => {
      const { host, guest, roomId } = await party(t);
      assert.deepEqual(await host.ask('set-video', { roomId, videoUrl: FILM }), { ok: true });
      for (const one of [host, guest]) assert.deepEqual(await one.next('video-set'), { videoUrl: FILM, videoType: 'video' });
      for (const [event, told] of [
        ['play-video', 'video-played'],
        ['pause-video', 'video-paused'],
        ['seek-video', 'video-seeked'],
      ]) {
        assert.deepEqual(await host.ask(event, { roomId, currentTime: 12.5 }), { ok: true });
        const { currentTime, timestamp } = await guest.next(told);
        assert.equal(currentTime, 12.5);
        assert.ok(Math.abs(timestamp - Date.now()) < 60_000);
      }
      assert.deepEqual(host.names(), []);
    });

    test(`${kind}: JN9 a late joiner is told the position for now`, async (t) => {
      const { host, roomId } = await party(t);
      await host.ask('play-video', { roomId, currentTime: 100 });
      const late = await person(t);
      await late.join(roomId, 'Carol');
      const { currentTime, isPlaying } = await late.next('sync-update');
      assert.equal(isPlaying, true);
      assert.ok(currentTime >= 100 && currentTime < 160);
    });

    test(`${kind}: HR1 guests and strangers control nothing`, async (t) => {
      const { host, guest, roomId, room } = await party(t);
      const stranger = await person(t);
      for (const one of [guest, stranger])
        for (const [event, more, text] of [
          ['play-video', { currentTime: 1 }, 'Only hosts can control the video'],
          ['set-video', { videoUrl: FILM }, 'Only hosts can set the video'],
          ['sync-check', { currentTime: 1, isPlaying: true, timestamp: 1 }, 'Only hosts can send sync checks'],
          ['promote-host', { userId: room.user.id }, 'Only hosts can promote users'],
        ]) {
          assert.deepEqual(await one.ask(event, { roomId, ...more }), { ok: false, error: text });
          assert.deepEqual(await one.next('error'), { error: text });
        }
      assert.deepEqual(host.names(), []);
    });

    test(`${kind}: CH1 LF2 chat reaches all, and the last 20 are kept`, async (t) => {
      const { host, guest, roomId, bob } = await party(t);
      for (let n = 1; n <= 21; n++) assert.equal((await guest.ask('send-message', { roomId, message: ` ${n} ` })).ok, true);
      for (const one of [host, guest]) {
        const { message } = await one.next('new-message');
        const { id, timestamp, ...rest } = message;
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.match(timestamp, /^\d{4}-\d\d-\d\dT.*Z$/);
        assert.deepEqual(rest, { userId: bob.id, userName: 'Bob', message: '1', roomId, isRead: false });
      }
      const { messages } = await (await person(t)).join(roomId, 'Carol');
      assert.deepEqual(
        messages.map(({ message }) => message),
        Array.from({ length: 20 }, (_, n) => String(n + 2)),
      );
      const { error } = await (await person(t)).ask('send-message', { roomId, message: 'hello' });
      assert.equal(error, 'Not authenticated');
    });

    test(`${kind}: TY1 the others see somebody typing`, async (t) => {
      const { host, guest, roomId, bob } = await party(t);
      guest.say('typing-start', { roomId });
      assert.deepEqual(await host.next('user-typing'), { userId: bob.id, userName: 'Bob' });
      guest.say('typing-stop', { roomId });
      assert.deepEqual(await host.next('user-stopped-typing'), { userId: bob.id });
    });

    test(`${kind}: SC1 a host's sync-check is relayed`, async (t) => {
      const { host, guest, roomId } = await party(t);
      const check = { currentTime: 7.25, isPlaying: true, timestamp: 1234 };
      host.say('sync-check', { roomId, ...check });
      assert.deepEqual(await guest.next('sync-update'), check);
    });

    test(`${kind}: PR1 a guest is promoted, once`, async (t) => {
      const { host, guest, roomId, bob } = await party(t);
      assert.deepEqual(await host.ask('promote-host', { roomId, userId: bob.id }), { ok: true });
      for (const one of [host, guest]) assert.deepEqual(await one.next('user-promoted'), { userId: bob.id, userName: 'Bob' });
      assert.equal((await host.ask('promote-host', { roomId, userId: bob.id })).error, 'User is already a host');
      assert.equal((await host.ask('promote-host', { roomId, userId: crypto.randomUUID() })).error, 'User not found');
      assert.equal((await guest.ask('play-video', { roomId, currentTime: 1 })).ok, true);
    });

    test(`${kind}: LV2 LV3 when the host goes the longest in the room follows`, async (t) => {
      const { host, guest, room, bob } = await party(t);
      host.leaveTheHouse();
      assert.deepEqual(await guest.next('user-left'), { userId: room.user.id });
      assert.deepEqual(await guest.next('user-promoted'), { userId: bob.id, userName: 'Bob' });
    });

    test(`${kind}: LV1 a room that all have left is gone`, async (t) => {
      const { host, guest, roomId, bob } = await party(t);
      guest.say('leave-room', { roomId });
      assert.deepEqual(await host.next('user-left'), { userId: bob.id });
      assert.equal((await host.ask('leave-room', { roomId })).ok, true);
      assert.equal(await (await person(t)).refusedToJoin(roomId, 'Carol'), 'Room not found');
    });

    test(`${kind}: FR11 what breaks the rules is told and changes nothing`, async (t) => {
      const { host, roomId } = await party(t);
      for (const [event, payload, text] of [
        ['create-room', { hostName: 'A' }, 'Invalid data: Name must be at least 2 characters long'],
        ['join-room', { roomId: 'abc', userName: 'Bob' }, /Room ID must be exactly 6 characters, Room ID can only contain/],
        ['play-video', { roomId, currentTime: -1 }, 'Invalid data: Too small: expected number to be >=0'],
        ['send-message', { roomId, message: '' }, 'Invalid data: Too small: expected string to have >=1 characters'],
        ['sync-check', null, 'Invalid data: Invalid input: expected object, received null'],
      ]) {
        host.say(event, payload);
        const { error } = await host.next('room-error');
        if (text instanceof RegExp) assert.match(error, text);
        else assert.equal(error, text);
      }
    });

    test(`${kind}: TR2 HTTP long-polling works`, async (t) => {
      const { roomId } = await party(t);
      const joined = await (await person(t, url.plain, ['polling'])).join(roomId, 'Carol');
      assert.equal(joined.user.name, 'Carol');
    });

    test(`${kind}: with KEEP_USERS=1 a user outlives the connection, and comes back by name`, async (t) => {
      const host = await person(t, url.keeping);
      const { roomId } = await host.create('Alice');
      const guest = await person(t, url.keeping);
      const { user } = await guest.join(roomId, 'Bob');
      assert.match(await (await person(t, url.keeping)).refusedToJoin(roomId, 'Bob'), /already taken/);
      guest.leaveTheHouse();
      const third = await person(t, url.keeping);
      await third.join(roomId, 'Carol');
      const joined = await (await comesBack(t, roomId, 'Bob')).next('room-joined');
      assert.equal(joined.user.id, user.id);
      assert.equal(joined.room.users.length, 3);
      assert.deepEqual(host.names(), ['user-joined', 'user-joined']);
    });

    /** The server may hear of the old connection's end a little later than the new one asks. */
    async function comesBack(t, roomId, userName) {
      const one = await person(t, url.keeping);
      for (;;) if ((await one.ask('join-room', { roomId, userName })).ok) return one;
    }
  });
