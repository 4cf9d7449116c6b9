// One room of 2,000 that talks: what that costs, and whether anything that moves the film waits for it. Quiet and talking phases
// of the same room take turns. Of ours alone: the peer knows no reactions, and `hall` compares chat.
import { compared } from '../bench.mjs';
import { bytesPerMember, cpuPerMember, eventsPerMember, kernelPerMember } from '../phases.mjs';
import { atMost } from '../targets.mjs';
import { offBeat } from '../turns.mjs';
import { P99_MAX_MS } from './hall.mjs';

/** Per second, as in TalkLoad of the load generator: of 558 events of talk 50 are messages and 250 are reactions of each kind. */
const CONTROLS = 8;
const TALK = { messages: 50, filmReactions: 250, messageReactions: 250, typing: 8 };
const TALK_ALL = Object.values(TALK).reduce((all, some) => all + some);

export const talk = {
  description:
    '2,000 members in one room, 50 messages and 500 reactions a second; its host plays, pauses and seeks meanwhile, and in a quiet room in turn; ours alone, because the peer has no reactions',
  stores: ['memory', 'redis'],
  minutes: 6,
  async run(bench, stores) {
    const figures = [];
    for (const store of bench.pick(stores, stores.slice(0, 1))) figures.push(...(await onStore(bench, store)));
    return figures;
  },
};

async function onStore(bench, store) {
  // Also the quick room is a large one, where reactions are sent together.
  const members = bench.pick(2000, 250);
  const talking = offBeat(CONTROLS + TALK_ALL);
  const controls = offBeat(CONTROLS);
  const load = { scenario: 'talk', options: { members, controls, steps: 'requested' } };
  const sides = { ours: { side: 'ours', store } };
  let quietFirst = false;
  const { phases, reports } = await bench.turns(`talk, ${store}`, sides, load, async (turns) => {
    await turns.warmUp([{ rate: talking, seconds: bench.pick(20, 0) }]);
    const phases = await turns.repeated('quiet and talking', async (generator) => {
      const seconds = bench.pick(10, 1);
      const play = { quiet: { rate: controls, seconds }, talk: { rate: talking, seconds } };
      quietFirst = !quietFirst;
      const result = {};
      for (const name of quietFirst ? ['quiet', 'talk'] : ['talk', 'quiet']) result[name] = await generator.phase(play[name]);
      return result;
    });
    return { phases };
  });
  const memory = memoryRows(store);
  return [
    ...compared({ ours: phases.ours }, rows(store, members, talking - controls)),
    ...compared({ ours: [reports.ours] }, memory),
  ];
}

function rows(store, members, talkPerSecond) {
  const row = (figure, unit, of, target) => ({ figure: `${figure}, ${store}`, unit, of, target });
  const sent = (kind, { sendSeconds }) => ((talkPerSecond * TALK[kind]) / TALK_ALL) * sendSeconds;
  const eventsOf =
    (key) =>
    ({ talk }) =>
      (talk.talk?.[key] ?? 0) / members / talk.sendSeconds;
  const delay = (of, key, quantile) => (result) => result[of][key]?.[quantile];
  const p99 = atMost('ours', P99_MAX_MS);
  return [
    row('server CPU per member and second, talking', 'µs', ({ talk }) => cpuPerMember(talk, members)),
    row('of it in the kernel', 'µs', ({ talk }) => kernelPerMember(talk, members)),
    row('server CPU per member and second, quiet', 'µs', ({ quiet }) => cpuPerMember(quiet, members)),
    row('bytes to a member per second, talking', 'kB', ({ talk }) => bytesPerMember(talk, members) / 1e3),
    row('bytes to a member per second, quiet', 'kB', ({ quiet }) => bytesPerMember(quiet, members) / 1e3),
    row('events to a member per second, talking', '1/s', ({ talk }) => eventsPerMember(talk, members)),
    row('delay of messages p50', 'ms', delay('talk', 'messageLatencyMs', 'p50')),
    row('delay of messages p99', 'ms', delay('talk', 'messageLatencyMs', 'p99'), p99),
    row('delay of play, pause and seek p50, quiet', 'ms', delay('quiet', 'controlLatencyMs', 'p50')),
    row('delay of play, pause and seek p50, talking', 'ms', delay('talk', 'controlLatencyMs', 'p50')),
    row('delay of play, pause and seek p99, quiet', 'ms', delay('quiet', 'controlLatencyMs', 'p99')),
    row('delay of play, pause and seek p99, talking', 'ms', delay('talk', 'controlLatencyMs', 'p99'), p99),
    row('reactions to the film in an event', '', ({ talk }) => (talk.talk?.filmReactions ?? 0) / (talk.talk?.filmEvents || 1)),
    row('events with reactions to the film, to a member', '1/s', eventsOf('filmEvents')),
    row(
      'part of the reactions to the film that arrived',
      '',
      ({ talk }) => (talk.talk?.filmReactions ?? 0) / members / sent('filmReactions', talk),
    ),
    row('events with reactions to messages, to a member', '1/s', eventsOf('messageEvents')),
    row(
      'reactions to messages sent, for each event to a member',
      '',
      ({ talk }) => (sent('messageReactions', talk) * members) / (talk.talk?.messageEvents || 1),
    ),
    row('deliveries missed', '', ({ quiet, talk }) => quiet.missed + talk.missed, atMost('ours', 0)),
    row('commands rejected', '', ({ quiet, talk }) => quiet.errors + talk.errors),
  ];
}

const memoryRows = (store) => [
  { figure: `resident memory before the talk, ${store}`, unit: 'MB', of: ({ rssKbBefore: [kb] }) => kb / 1e3 },
  { figure: `resident memory after it, ${store}`, unit: 'MB', of: ({ rssKb: [kb] }) => kb / 1e3 },
];
