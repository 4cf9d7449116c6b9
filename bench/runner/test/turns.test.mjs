import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench } from '../bench.mjs';
import { LoadGenerator } from '../load.mjs';
import { Turns, orderOf } from '../turns.mjs';

/** A generator that answers each phase with its request, and fails at one rate. */
const programOf = (breaks = 0) => [
  process.execPath,
  '-e',
  `const ask = (more) => console.log(JSON.stringify({ event: 'next', ...more }));
   const phases = [];
   ask({});
   require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
     const { done, warmup, ...turn } = JSON.parse(line);
     if (done) { console.log(JSON.stringify({ phases })); process.exit(0); }
     if (turn.rate === ${breaks}) { console.error('it broke'); process.exit(1); }
     if (warmup) return ask({});
     phases.push(turn);
     ask({ phase: turn });
   });`,
];

const bench = (runs) => new Bench({ program: ['java'], folder: '.', options: { runs, quick: true }, say: () => undefined });

/** Sides without servers, with these generators. */
async function turnsOf(of, generators) {
  const turns = new Turns(of, 'a try', Object.keys(generators));
  const closed = [];
  of.open = async (side) => ({ servers: [], program: generators[side], close: async () => closed.push(side) });
  const sides = Object.fromEntries(Object.keys(generators).map((side) => [side, { side }]));
  await turns.fill(sides, {}, ({ program }) => program);
  return { turns, closed };
}

async function quietly(act) {
  const complain = console.error;
  console.error = () => undefined;
  try {
    return await act();
  } finally {
    console.error = complain;
  }
}

test('the sides take turns in who is first', () => {
  const orders = [0, 1, 2, 3].map((n) => orderOf(['ours', 'peer'], n)[0]);
  assert.deepEqual(orders, ['ours', 'peer', 'ours', 'peer']);
});

test('a generator plays the requested phases, and reports them at the end', async () => {
  const generator = await LoadGenerator.filled(programOf(), () => undefined);
  assert.equal(await generator.phase({ rate: 1, seconds: 2, warmup: true }), undefined);
  assert.deepEqual(await generator.phase({ rate: 3, seconds: 4 }), { go: true, rate: 3, seconds: 4 });
  assert.deepEqual(await generator.done(), { phases: [{ go: true, rate: 3, seconds: 4 }] });
});

test('a generator that ends too early is an error with its output', async () => {
  await assert.rejects(
    LoadGenerator.filled([process.execPath, '-e', "console.error('no server'); process.exit(1)"], () => undefined),
    /ended with 1[^]*no server/,
  );
  const generator = await LoadGenerator.filled(programOf(3), () => undefined);
  await assert.rejects(generator.phase({ rate: 3, seconds: 1 }), /it broke/);
  await assert.rejects(generator.phase({ rate: 4, seconds: 1 }), /it broke/);
});

test('each repetition is of neighbours in time, and each generator reports once', async () => {
  const of = bench(3);
  const { turns, closed } = await turnsOf(of, { ours: programOf(), peer: programOf() });
  const order = [];
  await turns.warmUp([
    { rate: 9, seconds: 1 },
    { rate: 8, seconds: 0 },
  ]);
  const results = await turns.repeated('chatting', async (generator, name) => {
    order.push(name);
    return (await generator.phase({ rate: order.length, seconds: 1 })).rate;
  });
  const reports = await turns.end();

  assert.deepEqual(order, ['ours', 'peer', 'peer', 'ours', 'ours', 'peer']);
  assert.deepEqual(results, { ours: [1, 4, 5], peer: [2, 3, 6] });
  assert.deepEqual(
    reports.peer.phases.map(({ rate }) => rate),
    [2, 3, 6],
  );
  assert.deepEqual(
    of.raw.map(({ label }) => label),
    ['a try, ours', 'a try, peer'],
  );
  assert.deepEqual([closed, of.problems], [['ours', 'peer'], []]);
});

test('a failed side is one problem, and the other goes on', async () => {
  const of = bench(3);
  const { turns, closed } = await turnsOf(of, { ours: programOf(), peer: programOf(2) });
  const rates = { ours: 0, peer: 0 };
  const results = await quietly(() =>
    turns.repeated('chatting', async (generator, name) => (await generator.phase({ rate: ++rates[name], seconds: 1 })).rate),
  );
  const reports = await turns.end();

  assert.deepEqual(results, { ours: [1, 2, 3], peer: [1, null, null] });
  assert.equal(reports.peer, null);
  assert.equal(reports.ours.phases.length, 3);
  assert.equal(of.problems.length, 1);
  assert.match(of.problems[0], /^a try, peer, chatting, repetition 2 of 3: .*it broke/s);
  assert.deepEqual(closed, ['peer', 'ours']);
});

test('a side that cannot be filled takes no part', async () => {
  const of = bench(2);
  const { turns } = await quietly(() => turnsOf(of, { ours: [process.execPath, '-e', 'process.exit(2)'], peer: programOf() }));
  const results = await turns.repeated('chatting', async (generator) => (await generator.phase({ rate: 7, seconds: 1 })).rate);
  await turns.end();
  assert.deepEqual(results, { ours: [null, null], peer: [7, 7] });
  assert.equal(of.problems.length, 1);
});
