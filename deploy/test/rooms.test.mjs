// One room on two instances and one Redis, through the proxies: talked in, and not lost with one of them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../bench/faults/ports.mjs';
import { Instance, folder, proxies } from './support/parts.mjs';
import { Child, Scope, until } from './support/process.mjs';
import { Visitor, addressOf, visitors } from './support/visitors.mjs';

const SOCKETS_PER_ADDRESS = 10;

async function redis(scope) {
  const port = String(await freePort());
  const place = ['--dir', folder(scope), '--save', '', '--bind', '127.0.0.1', '--port', port];
  const child = new Child('redis-server', place);
  scope.after(() => child.stop());
  await child.said(/Ready to accept connections/);
  return `redis://127.0.0.1:${port}`;
}

/** A visitor with a seat in the room, who takes it back whenever the connection is new. */
async function seat(visitor, roomId, userName) {
  const seated = { visitor, heard: [], answers: [] };
  visitor.socket.on('room-joined', (joined) => (seated.token = joined.sessionToken));
  visitor.socket.on('new-message', ({ message }) => seated.heard.push(message.message));
  const enter = async () => {
    const answer = await visitor.ask('join-room', { roomId, userName, sessionToken: seated.token });
    seated.answers.push(answer);
    return answer;
  };
  assert.ok((await enter()).ok);
  visitor.socket.on('connect', () => until('the seat again', async () => (await enter()).ok).catch(() => {}));
  return seated;
}

for (const [name, proxy] of Object.entries(proxies)) {
  describe(`${name} and Redis`, () => {
    const scope = new Scope();
    let instances;
    let origin;
    before(async () => {
      const environment = { REDIS_URL: await redis(scope) };
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
        await visitor.connected();
        assert.ok(await visitor.room());
      }
      for (const instance of instances) assert.ok((await instance.sessions('websocket')) > 0);
      const tooMany = another();
      await until('the eleventh is refused', () => tooMany.troubles.includes('io server disconnect'));
    });

    test(`${name}: people on two instances talk, lose one, and go on in the same seats`, async (t) => {
      const options = { auth: { resume: true }, reconnectionDelay: 200, reconnectionDelayMax: 500 };
      const guests = [
        ...(await visitors(t, origin, 6, { transports: ['websocket'], ...options })),
        ...(await visitors(t, origin, 6, { transports: ['polling'], ...options })),
      ];
      const [host] = await visitors(t, origin, 1, { transports: ['websocket'] });
      const roomId = await host.room();
      const all = await Promise.all(guests.map((guest, i) => seat(guest, roomId, `Guest ${i}`)));
      const [first] = instances;
      assert.ok((await first.sessions('websocket')) > 0);
      for (const { visitor } of all) assert.equal(await visitor.chat(roomId, 1), 1);
      await until('everybody has heard everybody', () => all.every(({ heard }) => heard.length >= all.length));
      for (const { heard } of all) assert.equal(heard.length, all.length, 'said twice');

      await first.kill();
      const moved = () => all.filter(({ visitor }) => visitor.troubles.length > 0);
      await until('some had to move', () => moved().length > 0);
      await until('all are seated again', () =>
        moved().every(({ visitor, answers }) => visitor.socket.connected && answers.length > 1 && answers.at(-1).ok),
      );
      for (const { answers } of moved()) {
        const { ok, resumed, userId } = answers.at(-1);
        assert.deepEqual({ ok, resumed, userId }, { ok: true, resumed: true, userId: answers[0].userId });
      }
      assert.equal(await all[0].visitor.chat(roomId, 1), 1);
      await until('everybody hears on', () => all.every(({ heard }) => heard.length > all.length));
      await first.begin();
    });
  });
}
