// Two instances, one room, thousands of commands at once: the result must be that of the same commands one after the other.
import { ExtendedClient } from '../../../testkit/clients/extended-client.mjs';
import { StockClient } from '../../../testkit/clients/stock-client.mjs';
import { pause, until } from '../../../testkit/waiting.mjs';
import { startInstances } from '../instances.mjs';
import { roomSnapshot } from '../seats.mjs';
import * as stores from '../stores.mjs';
import { judgeCommands } from './replay.mjs';

const COMMANDS_MS_MAX = 180_000;
/** A server rejects what one socket has waiting beyond 256. */
const IN_FLIGHT = 200;

export async function contention(stage) {
  const commands = stage.quick ? 1000 : 10_000;
  const store = await (stage.memoryOnly ? stores.memory(stage) : stores.redis(stage));
  const instances = await startInstances({ count: stage.memoryOnly ? 1 : 2, ...stage, ...store });
  const urls = instances.map(({ url }) => url);
  const senders = Array.from({ length: stage.quick ? 8 : 16 }, (_, n) => new StockClient({ name: `Sender ${n}`, urls, at: n }));
  const observers = urls.map((_, n) => new ExtendedClient({ name: `Observer ${n}`, urls, at: n }));
  stage.onClose(() => [...senders, ...observers].forEach((client) => client.leave()));
  await gather(senders, observers);

  const sent = [];
  const from = performance.now();
  const all = senders.map((sender, n) => sendCommands(sender, n, commands / senders.length, sent));
  await Promise.race([Promise.all(all), pause(COMMANDS_MS_MAX)]);
  const ackedAt = performance.now();
  const last = sent.reduce((most, { seq = 0 }) => Math.max(most, seq), 0);
  const haveAll = () => observers.every(({ revision }) => revision.seq >= last);
  await until('all observers have the last change', haveAll, { withinMs: 10_000 }).catch(() => undefined);
  const resyncMs = Math.round(performance.now() - ackedAt);
  const snapshots = await Promise.all(observers.map(roomSnapshot));
  const histories = observers.map(({ changes }) => changes);
  const { problems, ...found } = judgeCommands(sent, histories, snapshots);
  const outcomes = new Map();
  for (const { outcome } of sent) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (outcomes.has('unanswered')) problems.push(`${outcomes.get('unanswered')} commands were never answered`);
  const notes = [
    `${senders.length} sockets, ${Math.round(commands / ((ackedAt - from) / 1000))} commands a second`,
    [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', '),
    `${observers.reduce((sum, { resumes }) => sum + resumes, 0)} resumes of observers`,
  ];
  return {
    verdict: { sent: sent.length, delivered: histories.reduce((sum, history) => sum + history.length, 0), ...found, resyncMs },
    answered: { slowestMs: 0 },
    problems,
    notes,
    records: { sent, histories },
    marks: { from, ackedAt },
  };
}

/** Brings all clients into one room and makes every sender a host. */
async function gather([host, ...others], observers) {
  const seated = (clients) => until('all are seated', () => clients.every(({ open }) => open));
  host.enter();
  await seated([host]);
  for (const client of [...others, ...observers]) client.enter(host.roomId);
  await seated([...others, ...observers]);
  for (const { userId } of others) {
    const answer = await host.request('promote-host', { roomId: host.roomId, userId });
    if (answer?.ok !== true) throw new Error(`no host: ${JSON.stringify(answer)}`);
  }
  await host.request('set-video', { roomId: host.roomId, videoUrl: 'https://films.example/long.mp4' });
  await pause(500);
}

const KINDS = ['send-message', 'play-video', 'seek-video', 'pause-video'];

/** Sends its share of the commands, as many at once as one socket may; resolves when all are answered. */
function sendCommands(sender, number, count, sent) {
  return new Promise((done) => {
    let begun = 0;
    let answered = 0;
    const next = () => {
      if (begun === count) return;
      const n = begun++;
      const event = KINDS[n % KINDS.length];
      // No two commands are alike, so each can be recognised among the changes.
      const mark = number * 100_000 + n;
      const record = { event, mark, by: number, n, ok: false, outcome: 'unanswered' };
      sent.push(record);
      const payload = { roomId: sender.roomId, ...(event === 'send-message' ? { message: `m${mark}` } : { currentTime: mark }) };
      sender.socket.emit(event, payload, (answer) => {
        const { ok, code, epoch, seq } = answer;
        Object.assign(record, { ok: ok === true, outcome: ok === true ? 'acknowledged' : `rejected: ${code}`, epoch, seq });
        answered++;
        if (answered === count) done();
        else next();
      });
    };
    for (let n = 0; n < Math.min(IN_FLIGHT, count); n++) next();
  });
}
