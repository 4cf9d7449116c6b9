// One fault under load: clients join and chat, the fault happens and ends, they chat on, and then all are asked for what they have.
import { pause } from '../../testkit/waiting.mjs';
import { startInstances } from './instances.mjs';
import { Load } from './load.mjs';
import { examine, videoPosition } from './seats.mjs';
import { answers, judge, judgeRoom } from './verdict.mjs';

/** How far a video may be from its position after a fault, ms: two round trips on a busy machine. */
const POSITION_MS_MAX = 500;

/**
 * @param scene the fault's entry in the table: { store, instances, rooms, perSecond, beforeMs, afterMs, fault, effect, proxies };
 *   proxies are those between the clients and the instances, if any; effect is what must be seen of the fault
 * @param stage { program, folder, quick, say, onClose }
 */
export async function underLoad(scene, stage) {
  const { rooms = 20, perSecond = 200, beforeMs = 4000, afterMs = 6000, instances: count = 3 } = scene;
  const store = await scene.store(stage);
  const instances = await startInstances({ count, ...stage, ...store });
  const urls = instances.map(({ url }) => url);
  const proxies = (await scene.proxies?.(instances, stage)) ?? null;
  const load = new Load({ rooms, perSecond, urls: proxies?.map(({ port }) => `http://127.0.0.1:${port}`) ?? urls });
  stage.onClose(() => load.leave());
  await load.enter();
  await load.playVideo();
  load.start();
  await pause(beforeMs);
  const positionsBefore = await positions(load);
  const from = performance.now();
  const { recoveredAt, problems = [], notes = [] } = await scene.fault({ instances, store, stage, proxies });
  const to = performance.now();
  await pause(afterMs);
  load.stop();
  await load.settle();
  const endedAt = performance.now();
  const records = load.records();
  const verdict = judge(records, recoveredAt);
  const answered = answers(load.attempts(), from, to, endedAt);
  problems.push(...positionProblems(positionsBefore, await positions(load)));
  for (const [n, room] of load.rooms.entries()) problems.push(...(await examine(room, judgeRoom(records[n]).order)));
  const reconnects = load.reconnects();
  if (scene.effect === 'rejections' && answered.refused === 0) problems.push('nothing was rejected: the fault had no effect');
  if (scene.effect === 'reconnects' && reconnects === 0) problems.push('no connection was lost: the fault had no effect');
  notes.push(`${answered.refused} rejected, ${answered.unanswered} unanswered, slowest answer ${answered.slowestMs} ms`);
  notes.push(`${reconnects} reconnects; all extended clients back after ${verdict.resyncExtendedMs} ms`);
  load.leave();
  return { verdict, answered, problems, notes, records, marks: { from, to, recoveredAt, endedAt } };
}

const positions = (load) =>
  Promise.all(load.rooms.map(({ members }) => videoPosition(members.find(({ kind }) => kind === 'extended'))));

/** Returns the videos that are elsewhere than they would be without the fault, as sentences. */
function positionProblems(before, after) {
  const wrong = [];
  for (const [n, was] of before.entries()) {
    const is = after[n];
    if (was === null || is === null) wrong.push(`video ${n} has no position`);
    else if (is.phase !== was.phase) wrong.push(`video ${n} was ${was.phase} and is ${is.phase}`);
    else {
      const off = Math.abs((is.seconds - was.seconds) * 1000 - (is.at - was.at));
      if (off > POSITION_MS_MAX) wrong.push(`video ${n} is ${Math.round(off)} ms from its position`);
    }
  }
  return wrong;
}
