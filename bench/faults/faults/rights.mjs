// Settings, bans, knocks, mutes, invitations and owners change while members chat and watch, an instance dies, and Redis is down.
import { pause } from '../../../testkit/waiting.mjs';
import { startInstances } from '../instances.mjs';
import { Load } from '../load.mjs';
import { RightsRoom } from '../rights/rights-room.mjs';
import { examine } from '../seats.mjs';
import * as stores from '../stores.mjs';
import { answers, judge, judgeRoom } from '../verdict.mjs';

const KINDS = ['link', 'approval', 'password'];
const FULL = { rooms: 9, perSecond: 60, changes: 3, beforeMs: 6000, betweenMs: 4000, downMs: 10_000, afterMs: 8000 };
const QUICK = { rooms: 3, perSecond: 20, changes: 4, beforeMs: 2500, betweenMs: 1500, downMs: 2000, afterMs: 3500 };
const READ_EVERY_MS = 400;
/** Nobody who waits at the dead instance comes back before a host has answered it. */
const LATE_MS = 700;

export async function rights(stage) {
  const size = stage.quick ? QUICK : FULL;
  const store = await stores.persistentRedis(stage);
  const instances = await startInstances({ count: 2, ...stage, ...store });
  const urls = instances.map(({ url }) => url);
  const kindsOf = () => ['extended', 'extended', 'stock', 'extended'];
  const load = new Load({ ...size, urls, kindsOf });
  const rooms = load.rooms.map((room, n) => new RightsRoom({ room, kind: KINDS[n % KINDS.length], urls, first: n }));
  stage.onClose(() => [load, ...rooms].forEach((one) => one.leave()));
  for (const room of rooms) room.watchGuests();
  await load.enter();
  await load.playVideo();
  for (const room of rooms) await room.prepare();

  load.start();
  for (const room of rooms) room.begin(size.changes);
  const stopReading = readByTurns(rooms);
  await pause(size.beforeMs);
  const doors = await Promise.all(rooms.filter(({ kind }) => kind === 'approval').map(waitAtFirstInstance));
  const from = performance.now();
  await instances[0].kill();
  const found = Promise.all(doors.map(comeBack));
  await pause(size.betweenMs);
  await instances[0].start();
  const problems = (await found).flat();
  await pause(size.betweenMs);
  await store.redis.signal('SIGTERM');
  await pause(size.downMs);
  await store.redis.start();
  const recoveredAt = performance.now();
  await pause(size.afterMs);
  const to = recoveredAt;

  load.stop();
  await Promise.all(rooms.map((room) => room.stopChanges()));
  await stopReading();
  await load.settle();
  const ended = await Promise.all(rooms.map(async (room) => [...(await room.examine()), ...(await room.leaveVisitors())]));
  problems.push(...ended.flat());
  await load.settle();
  const endedAt = performance.now();
  const records = load.records();
  for (const [n, room] of load.rooms.entries()) problems.push(...(await examine(room, judgeRoom(records[n]).order)));
  const reconnects = load.reconnects();
  problems.push(...(await Promise.all(rooms.map((room) => room.transferAtLast()))).flat());
  return outcome({ rooms, load, records, problems, reconnects, marks: { from, to, recoveredAt, endedAt } });
}

/** Asks one room after the other what it has, until that is stopped by its return value. */
function readByTurns(rooms) {
  let reading = true;
  const read = async () => {
    for (let n = 0; reading; n++) {
      await rooms[n % rooms.length].ask();
      await pause(READ_EVERY_MS);
    }
  };
  const done = read();
  return () => {
    reading = false;
    return done;
  };
}

/** Three visitors wait at the instance that is to die: one is answered while it is away, one let in afterwards, one not. */
async function waitAtFirstInstance(room) {
  const { visits } = room;
  const { name } = room.room.members[0];
  const names = ['early', 'late', 'never'].map((when) => `${name.split(' ')[0]} waits ${when}`);
  const [early, late, never] = await Promise.all(names.map((one) => visits.waitAtDoor(0, one)));
  early.socket.io.reconnectionDelay(LATE_MS);
  return { room, early, late, never, knocks: new Map([early, late, never].map((one) => [one, one.knockId])) };
}

async function comeBack({ room: { visits, room }, early, late, never, knocks }) {
  const wrong = [];
  const check = async (visitor, answer, isFound) => {
    try {
      if (isFound) await visits.isFound(visitor, knocks.get(visitor));
      await visits.decide(visitor, answer);
    } catch (problem) {
      wrong.push(`${room.id}: ${problem.message}`);
    }
  };
  await Promise.all([check(early, 'accept', false), check(late, 'accept', true), check(never, 'refuse', true)]);
  return wrong;
}

/** Returns what had to be answered at once: a password may be late, because it is slow to hash, and what its sender sends behind it. */
export function withoutPasswords(attempts, commands) {
  const passwords = commands.filter(({ event }) => event === 'set-password');
  const isBehind = ({ by, at }) =>
    passwords.some((one) => one.by === by && at >= one.at && at <= (one.answeredAt ?? one.cutAt ?? Infinity));
  return attempts.filter((one) => !isBehind(one));
}

/** Sums up the records of all rooms. */
function outcome({ rooms, load, records, problems, reconnects, marks }) {
  const verdict = judge(records, marks.recoveredAt);
  const judged = rooms.map((room) => room.judge());
  for (const key of ['lost', 'duplicated', 'reordered']) verdict[key].push(...judged.flatMap((one) => one[key]));
  problems.push(...judged.flatMap((one) => one.problems));
  const commands = rooms.flatMap((room) => room.commands);
  const acknowledged = commands.filter(({ ok }) => ok).length;
  verdict.sent += commands.length;
  verdict.acknowledged += acknowledged;
  const attempts = [...load.clients.flatMap(({ name, attempts: own }) => own.map((one) => ({ ...one, by: name }))), ...commands];
  const answered = answers(withoutPasswords(attempts, commands), marks.from, marks.to, marks.endedAt);
  if (answered.refused === 0) problems.push('nothing was rejected: Redis was not missed');
  if (reconnects === 0) problems.push('no connection was lost: the instance was not missed');
  const visitors = rooms.flatMap(({ visits }) => visits.visitors);
  const knocks = new Set(visitors.flatMap(({ joins }) => joins.map(({ knockId }) => knockId)).filter((id) => id !== null));
  const notes = [
    `${acknowledged} of ${commands.length} changes by hosts were acknowledged, ${visitors.length} visitors came`,
    `${knocks.size} knocks, ${commands.filter(({ event, ok, payload }) => ok && event === 'remove-member' && payload.ban).length} bans`,
    `${judged.reduce((sum, one) => sum + one.readings, 0)} readings of rooms and their lists`,
    `${answered.refused} rejected, ${answered.unanswered} unanswered, slowest answer ${answered.slowestMs} ms`,
    `${reconnects} reconnects; all extended clients back after ${verdict.resyncExtendedMs} ms`,
  ];
  const all = {
    rooms: records,
    rights: rooms.map(({ room: { id }, commands: sent, readings, visits }) => ({
      id,
      commands: sent,
      readings,
      visitors: visits.visitors.map(({ name, state, joins, interruptions, url }) => ({ name, state, joins, interruptions, url })),
    })),
  };
  return { verdict, answered, problems, notes, records: all, marks };
}
