// One fault under load: people come in, talk, the fault happens and ends, they talk on, and then everybody is asked what they know.
import { startInstances } from './instances.mjs';
import { Load } from './load.mjs';
import { examine, filmPlace } from './seats.mjs';
import { answers, judge, judgeRoom } from './verdict.mjs';
import { pause } from './waiting.mjs';

/** How far a film may be from where it should be after a fault, ms: two round trips on a busy machine. */
const FILM_MS_MAX = 500;

/**
 * @param scene what a fault of the table says about itself: { store, instances, rooms, perSecond, beforeMs, afterMs, fault,
 *   felt, doors }; doors are proxies before the instances, when people do not come to them directly
 * @param stage { program, folder, quick, say, onClose }
 */
export async function underLoad(scene, stage) {
  const { rooms = 20, perSecond = 200, beforeMs = 4000, afterMs = 6000, instances: count = 3 } = scene;
  const store = await scene.store(stage);
  const instances = await startInstances({ count, ...stage, ...store });
  const urls = instances.map(({ url }) => url);
  const doors = (await scene.doors?.(instances, stage)) ?? null;
  const load = new Load({ rooms, perSecond, urls: doors?.map(({ port }) => `http://127.0.0.1:${port}`) ?? urls });
  stage.onClose(() => load.leave());
  await load.enter();
  await load.showFilm();
  load.start();
  await pause(beforeMs);
  const filmsBefore = await films(load);
  const from = performance.now();
  const { recoveredAt, problems = [], notes = [] } = await scene.fault({ instances, store, stage, doors });
  const to = performance.now();
  await pause(afterMs);
  load.stop();
  await load.settle();
  const endedAt = performance.now();
  const records = load.records();
  const verdict = judge(records, recoveredAt);
  const answered = answers(load.attempts(), from, to, endedAt);
  problems.push(...filmProblems(filmsBefore, await films(load)));
  for (const [n, room] of load.rooms.entries()) problems.push(...(await examine(room, judgeRoom(records[n]).order)));
  const reconnects = load.reconnects();
  if (scene.felt === 'refusals' && answered.refused === 0) problems.push('nothing was refused: the fault was not there');
  if (scene.felt === 'reconnects' && reconnects === 0) problems.push('nobody lost a connection: the fault was not there');
  notes.push(`${answered.refused} refused, ${answered.unanswered} unanswered, slowest answer ${answered.slowestMs} ms`);
  notes.push(`${reconnects} reconnects; everybody with extensions back after ${verdict.resyncResumableMs} ms`);
  load.leave();
  return { verdict, answered, problems, notes, records, marks: { from, to, recoveredAt, endedAt } };
}

const films = (load) => Promise.all(load.rooms.map(({ members }) => filmPlace(members.find(({ kind }) => kind === 'resumable'))));

/** Films that are elsewhere than where they would be had nothing happened. */
function filmProblems(before, after) {
  const wrong = [];
  for (const [n, was] of before.entries()) {
    const is = after[n];
    if (was === null || is === null) wrong.push(`film ${n} has no place`);
    else if (is.phase !== was.phase) wrong.push(`film ${n} was ${was.phase} and is ${is.phase}`);
    else {
      const off = Math.abs((is.seconds - was.seconds) * 1000 - (is.at - was.at));
      if (off > FILM_MS_MAX) wrong.push(`film ${n} is ${Math.round(off)} ms from its place`);
    }
  }
  return wrong;
}
