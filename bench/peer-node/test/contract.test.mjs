// The base contract, held by the peer on both stores. Without redis-server the second is skipped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { Redis } from '../../../testkit/redis.mjs';
import { Member, startedPeer } from './members.mjs';

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
        () => peer.stop(),
        () => keeping.stop(),
      );
      url = { plain: peer.url, keeping: keeping.url };
    });
    after(async () => {
      for (const close of open.reverse()) await close();
    });

    async function member(t, where = url.plain, transports = undefined) {
      const one = new Member(where, transports);
      t.after(() => one.leave());
      return one;
    }

    async function roomOfTwo(t) {
      const host = await member(t);
      const room = await host.create('Alice');
      const guest = await member(t);
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
      const { roomId, room, hostToken, user, joined } = await (await member(t)).create('Alice');
      assert.match(roomId, /^[A-Z0-9]{6}$/);
      assert.match(hostToken, /^[0-9a-f-]{36}$/);
      assert.deepEqual(room.users, [user]);
      assert.equal(user.isHost, true);
      assert.equal(room.hostId, user.id);
      assert.equal(room.videoType, null);
      assert.equal('hostToken' in room, false);
      assert.deepEqual(joined.messages, []);
    });

    test(`${kind}: JN6 JN8 a guest joins and the others are notified`, async (t) => {
      const { joined, bob, arrived } = await roomOfTwo(t);
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
      const { roomId } = await (await member(t)).create('Alice');
      const guests = await Promise.all(Array.from({ length: 10 }, () => member(t)));
      const joins = await Promise.all(guests.map((guest, n) => guest.join(roomId, `Guest ${n}`)));
      assert.equal(Math.max(...joins.map(({ room }) => room.users.length)), 11);
    });

    test(`${kind}: JN3 JN4 JN5 taken names and wrong tokens are refused`, async (t) => {
      const { roomId } = await roomOfTwo(t);
      const other = await member(t);
      assert.match(await other.rejectedJoin(roomId, 'Bob'), /^The name "Bob" is already taken/);
      assert.equal(await other.rejectedJoin(roomId, 'Alice'), CREDENTIALS);
      assert.equal(await other.rejectedJoin(roomId, 'Carol', { hostToken: crypto.randomUUID() }), CREDENTIALS);
      assert.equal(await other.rejectedJoin('ZZZZZ0', 'Carol'), 'Room not found');
    });

    test(`${kind}: JN2 JN4 the host token makes a host`, async (t) => {
      const { roomId, room } = await roomOfTwo(t);
      const again = await (await member(t)).join(roomId, 'Alice', { hostToken: room.hostToken });
      assert.equal(again.user.id, room.user.id);
      const second = await (await member(t)).join(roomId, 'Carol', { hostToken: room.hostToken });
      assert.deepEqual([second.user.isHost, second.room.hostName], [true, 'Carol']);
    });

    test(`${kind}: PB1 PB2 PB3 SV1 the host controls, the others follow`, async (t) => {
      const { host, guest, roomId } = await roomOfTwo(t);
      assert.deepEqual(await host.request('set-video', { roomId, videoUrl: FILM }), { ok: true });
      for (const one of [host, guest]) assert.deepEqual(await one.next('video-set'), { videoUrl: FILM, videoType: 'video' });
      for (const [event, reply] of [
        ['play-video', 'video-played'],
        ['pause-video', 'video-paused'],
        ['seek-video', 'video-seeked'],
      ]) {
        assert.deepEqual(await host.request(event, { roomId, currentTime: 12.5 }), { ok: true });
        const { currentTime, timestamp } = await guest.next(reply);
        assert.equal(currentTime, 12.5);
        assert.ok(Math.abs(timestamp - Date.now()) < 60_000);
      }
      assert.deepEqual(host.events.names(), []);
    });

    test(`${kind}: JN9 a late joiner receives the current position`, async (t) => {
      const { host, roomId } = await roomOfTwo(t);
      await host.request('play-video', { roomId, currentTime: 100 });
      const late = await member(t);
      await late.join(roomId, 'Carol');
      const { currentTime, isPlaying } = await late.next('sync-update');
      assert.equal(isPlaying, true);
      assert.ok(currentTime >= 100 && currentTime < 160);
    });

    test(`${kind}: HR1 guests and strangers control nothing`, async (t) => {
      const { host, guest, roomId, room } = await roomOfTwo(t);
      const stranger = await member(t);
      for (const one of [guest, stranger])
        for (const [event, more, text] of [
          ['play-video', { currentTime: 1 }, 'Only hosts can control the video'],
          ['set-video', { videoUrl: FILM }, 'Only hosts can set the video'],
          ['sync-check', { currentTime: 1, isPlaying: true, timestamp: 1 }, 'Only hosts can send sync checks'],
          ['promote-host', { userId: room.user.id }, 'Only hosts can promote users'],
        ]) {
          assert.deepEqual(await one.request(event, { roomId, ...more }), { ok: false, error: text });
          assert.deepEqual(await one.next('error'), { error: text });
        }
      assert.deepEqual(host.events.names(), []);
    });

    test(`${kind}: CH1 LF2 chat reaches all, and the last 20 are kept`, async (t) => {
      const { host, guest, roomId, bob } = await roomOfTwo(t);
      for (let n = 1; n <= 21; n++) assert.equal((await guest.request('send-message', { roomId, message: ` ${n} ` })).ok, true);
      for (const one of [host, guest]) {
        const { message } = await one.next('new-message');
        const { id, timestamp, ...rest } = message;
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.match(timestamp, /^\d{4}-\d\d-\d\dT.*Z$/);
        assert.deepEqual(rest, { userId: bob.id, userName: 'Bob', message: '1', roomId, isRead: false });
      }
      const { messages } = await (await member(t)).join(roomId, 'Carol');
      assert.deepEqual(
        messages.map(({ message }) => message),
        Array.from({ length: 20 }, (_, n) => String(n + 2)),
      );
      const { error } = await (await member(t)).request('send-message', { roomId, message: 'hello' });
      assert.equal(error, 'Not authenticated');
    });

    test(`${kind}: TY1 the others see who is typing`, async (t) => {
      const { host, guest, roomId, bob } = await roomOfTwo(t);
      guest.send('typing-start', { roomId });
      assert.deepEqual(await host.next('user-typing'), { userId: bob.id, userName: 'Bob' });
      guest.send('typing-stop', { roomId });
      assert.deepEqual(await host.next('user-stopped-typing'), { userId: bob.id });
    });

    test(`${kind}: SC1 a host's sync-check is relayed`, async (t) => {
      const { host, guest, roomId } = await roomOfTwo(t);
      const check = { currentTime: 7.25, isPlaying: true, timestamp: 1234 };
      host.send('sync-check', { roomId, ...check });
      assert.deepEqual(await guest.next('sync-update'), check);
    });

    test(`${kind}: PR1 a guest is promoted, once`, async (t) => {
      const { host, guest, roomId, bob } = await roomOfTwo(t);
      assert.deepEqual(await host.request('promote-host', { roomId, userId: bob.id }), { ok: true });
      for (const one of [host, guest]) assert.deepEqual(await one.next('user-promoted'), { userId: bob.id, userName: 'Bob' });
      assert.equal((await host.request('promote-host', { roomId, userId: bob.id })).error, 'User is already a host');
      assert.equal((await host.request('promote-host', { roomId, userId: crypto.randomUUID() })).error, 'User not found');
      assert.equal((await guest.request('play-video', { roomId, currentTime: 1 })).ok, true);
    });

    test(`${kind}: LV2 LV3 when the host goes the longest in the room follows`, async (t) => {
      const { host, guest, room, bob } = await roomOfTwo(t);
      host.leave();
      assert.deepEqual(await guest.next('user-left'), { userId: room.user.id });
      assert.deepEqual(await guest.next('user-promoted'), { userId: bob.id, userName: 'Bob' });
    });

    test(`${kind}: LV1 a room that all have left is gone`, async (t) => {
      const { host, guest, roomId, bob } = await roomOfTwo(t);
      guest.send('leave-room', { roomId });
      assert.deepEqual(await host.next('user-left'), { userId: bob.id });
      assert.equal((await host.request('leave-room', { roomId })).ok, true);
      assert.equal(await (await member(t)).rejectedJoin(roomId, 'Carol'), 'Room not found');
    });

    test(`${kind}: FR11 what breaks the rules is answered with an error and changes nothing`, async (t) => {
      const { host, roomId } = await roomOfTwo(t);
      for (const [event, payload, text] of [
        ['create-room', { hostName: 'A' }, 'Invalid data: Name must be at least 2 characters long'],
        ['join-room', { roomId: 'abc', userName: 'Bob' }, /Room ID must be exactly 6 characters, Room ID can only contain/],
        ['play-video', { roomId, currentTime: -1 }, 'Invalid data: Too small: expected number to be >=0'],
        ['send-message', { roomId, message: '' }, 'Invalid data: Too small: expected string to have >=1 characters'],
        ['sync-check', null, 'Invalid data: Invalid input: expected object, received null'],
      ]) {
        host.send(event, payload);
        const { error } = await host.next('room-error');
        if (text instanceof RegExp) assert.match(error, text);
        else assert.equal(error, text);
      }
    });

    test(`${kind}: TR2 HTTP long-polling works`, async (t) => {
      const { roomId } = await roomOfTwo(t);
      const joined = await (await member(t, url.plain, ['polling'])).join(roomId, 'Carol');
      assert.equal(joined.user.name, 'Carol');
    });

    test(`${kind}: with KEEP_USERS=1 a user outlives the connection, and comes back by name`, async (t) => {
      const host = await member(t, url.keeping);
      const { roomId } = await host.create('Alice');
      const guest = await member(t, url.keeping);
      const { user } = await guest.join(roomId, 'Bob');
      assert.match(await (await member(t, url.keeping)).rejectedJoin(roomId, 'Bob'), /already taken/);
      guest.leave();
      const third = await member(t, url.keeping);
      await third.join(roomId, 'Carol');
      const joined = await (await comesBack(t, roomId, 'Bob')).next('room-joined');
      assert.equal(joined.user.id, user.id);
      assert.equal(joined.room.users.length, 3);
      assert.deepEqual(host.events.names(), ['user-joined', 'user-joined']);
    });

    /** The server may learn of the end of the old connection after the request of the new one. */
    async function comesBack(t, roomId, userName) {
      const one = await member(t, url.keeping);
      for (;;) if ((await one.request('join-room', { roomId, userName })).ok) return one;
    }
  });
