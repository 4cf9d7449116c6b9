// One room on two instances and one Redis, through the proxies: its chat goes on when one instance is killed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Redis } from '../../testkit/redis.mjs';
import { until } from '../../testkit/waiting.mjs';
import { Instance, proxies } from './support/parts.mjs';
import { Scope } from './support/scope.mjs';
import { Visitor, addressOf, visitors } from './support/visitors.mjs';

const SOCKETS_PER_ADDRESS = 10;

/** Gives a visitor a seat in the room, which it takes again on each new connection. */
async function seat(visitor, roomId, userName) {
  const seated = { visitor, messages: [], answers: [] };
  visitor.socket.on('room-joined', (joined) => (seated.token = joined.sessionToken));
  visitor.socket.on('new-message', ({ message }) => seated.messages.push(message.message));
  const enter = async () => {
    const answer = await visitor.request('join-room', { roomId, userName, sessionToken: seated.token });
    seated.answers.push(answer);
    return answer;
  };
  assert.ok((await enter())?.ok);
  visitor.socket.on('connect', () => until('the seat again', async () => (await enter())?.ok).catch(() => {}));
  return seated;
}

for (const [name, proxy] of Object.entries(proxies)) {
  describe(`${name} and Redis`, () => {
    const scope = new Scope();
    let instances;
    let origin;
    before(async () => {
      const redis = await Redis.started();
      scope.after(() => redis.close());
      const environment = { REDIS_URL: redis.url };
      instances = await Promise.all([Instance.start(scope, environment), Instance.start(scope, environment)]);
      origin = await proxy(
        scope,
        instances.map((instance) => instance.address),
      );
    });
    after(() => scope.close());

    test(`${name}: RL2 the sockets of an address are counted over all instances`, async (t) => {
      const another = () => new Visitor(t, origin, addressOf(101), { transports: ['websocket'], reconnection: false });
      for (let i = 0; i < SOCKETS_PER_ADDRESS; i++) {
        const visitor = another();
        await visitor.whenConnected();
        assert.ok(await visitor.createRoom());
      }
      for (const instance of instances) assert.ok((await instance.sessions('websocket')) > 0);
      const tooMany = another();
      await until('the eleventh is refused', () => tooMany.interruptions.includes('io server disconnect'));
    });

    test(`${name}: members on two instances chat, lose one, and go on in the same seats`, async (t) => {
      const options = { auth: { resume: true }, reconnectionDelay: 200, reconnectionDelayMax: 500 };
      const guests = [
        ...(await visitors(t, origin, 6, { transports: ['websocket'], ...options })),
        ...(await visitors(t, origin, 6, { transports: ['polling'], ...options })),
      ];
      const [host] = await visitors(t, origin, 1, { transports: ['websocket'] });
      const roomId = await host.createRoom();
      const all = await Promise.all(guests.map((guest, i) => seat(guest, roomId, `Guest ${i}`)));
      const [first] = instances;
      assert.ok((await first.sessions('websocket')) > 0);
      for (const { visitor } of all) assert.equal(await visitor.chat(roomId, 1), 1);
      await until('all have all messages', () => all.every(({ messages }) => messages.length >= all.length));
      for (const { messages } of all) assert.equal(messages.length, all.length, 'sent twice');

      await first.kill();
      const moved = () => all.filter(({ visitor }) => visitor.interruptions.length > 0);
      await until('some were cut off', () => moved().length > 0);
      await until('all are seated again', () =>
        moved().every(({ visitor, answers }) => visitor.socket.connected && answers.length > 1 && answers.at(-1)?.ok),
      );
      for (const { answers } of moved()) {
        const { ok, resumed, userId } = answers.at(-1);
        assert.deepEqual({ ok, resumed, userId }, { ok: true, resumed: true, userId: answers[0].userId });
      }
      assert.equal(await all[0].visitor.chat(roomId, 1), 1);
      await until('all receive on', () => all.every(({ messages }) => messages.length > all.length));
      await first.start();
    });
  });
}
