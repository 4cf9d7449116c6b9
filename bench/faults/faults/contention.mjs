// Two instances, one room, thousands of commands at once: what came of them must be what one hand after the other would have made.
import { startInstances } from '../instances.mjs';
import { ResumablePerson } from '../people/resumable.mjs';
import { StockPerson } from '../people/stock.mjs';
import { wholeRoom } from '../seats.mjs';
import * as stores from '../stores.mjs';
import { pause, until } from '../waiting.mjs';
import { judgeCommands } from './replay.mjs';

const MOST_MS = 180_000;
/** A server refuses what one socket piles up beyond 256. */
const UNDER_WAY = 200;

export async function contention(stage) {
  const commands = stage.quick ? 1000 : 10_000;
  const store = await (stage.memoryOnly ? stores.memory(stage) : stores.forgetful(stage));
  const instances = await startInstances({ count: stage.memoryOnly ? 1 : 2, ...stage, ...store });
  const urls = instances.map(({ url }) => url);
  const hands = Array.from({ length: stage.quick ? 8 : 16 }, (_, n) => new StockPerson({ name: `Hand ${n}`, urls, at: n }));
  const witnesses = urls.map((_, n) => new ResumablePerson({ name: `Witness ${n}`, urls, at: n }));
  stage.onClose(() => [...hands, ...witnesses].forEach((person) => person.leave()));
  await gather(hands, witnesses);

  const sent = [];
  const from = performance.now();
  await Promise.race([Promise.all(hands.map((hand, n) => command(hand, n, commands / hands.length, sent))), pause(MOST_MS)]);
  const ackedAt = performance.now();
  const last = sent.reduce((most, { seq = 0 }) => Math.max(most, seq), 0);
  await until(() => witnesses.every(({ place }) => place.seq >= last), 10_000, '').catch(() => undefined);
  const resyncMs = Math.round(performance.now() - ackedAt);
  const snapshots = await Promise.all(witnesses.map(wholeRoom));
  const stories = witnesses.map(({ changes }) => changes);
  const { problems, ...found } = judgeCommands(sent, stories, snapshots);
  const outcomes = new Map();
  for (const { outcome } of sent) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (outcomes.has('unanswered')) problems.push(`${outcomes.get('unanswered')} commands were never answered`);
  const notes = [
    `${hands.length} sockets, ${Math.round(commands / ((ackedAt - from) / 1000))} commands a second`,
    [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', '),
    `${witnesses.reduce((sum, { resumes }) => sum + resumes, 0)} resumes of witnesses`,
  ];
  return {
    verdict: { sent: sent.length, delivered: stories.reduce((sum, story) => sum + story.length, 0), ...found, resyncMs },
    answered: { slowestMs: 0 },
    problems,
    notes,
    records: { sent, stories },
    marks: { from, ackedAt },
  };
}

/** Everybody in one room, and every hand a host. */
async function gather([host, ...others], witnesses) {
  const seated = (people) => until(() => people.every(({ open }) => open), 20_000, 'not everybody came in');
  host.enter(null);
  await seated([host]);
  for (const person of [...others, ...witnesses]) person.enter(host.roomId);
  await seated([...others, ...witnesses]);
  for (const { userId } of others) {
    const answer = await host.ask('promote-host', { roomId: host.roomId, userId });
    if (answer?.ok !== true) throw new Error(`no host: ${JSON.stringify(answer)}`);
  }
  await host.ask('set-video', { roomId: host.roomId, videoUrl: 'https://films.example/long.mp4' });
  await pause(500);
}

const KINDS = ['send-message', 'play-video', 'seek-video', 'pause-video'];

/** Sends its share, as much at once as one socket may; done when all are answered. */
function command(hand, number, count, sent) {
  return new Promise((done) => {
    let begun = 0;
    let answered = 0;
    const next = () => {
      if (begun === count) return;
      const n = begun++;
      const event = KINDS[n % KINDS.length];
      // No two commands are alike, so each can be told in the stream.
      const mark = number * 100_000 + n;
      const record = { event, mark, by: number, n, ok: false, outcome: 'unanswered' };
      sent.push(record);
      const payload = { roomId: hand.roomId, ...(event === 'send-message' ? { message: `m${mark}` } : { currentTime: mark }) };
      hand.socket.emit(event, payload, (answer) => {
        const { ok, code, epoch, seq } = answer;
        Object.assign(record, { ok: ok === true, outcome: ok === true ? 'acknowledged' : `refused: ${code}`, epoch, seq });
        answered++;
        if (answered === count) done();
        else next();
      });
    };
    for (let n = 0; n < Math.min(UNDER_WAY, count); n++) next();
  });
}
