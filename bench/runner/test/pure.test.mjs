import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compared, sidesOn } from '../bench.mjs';
import { javaProgram, majorVersion } from '../java.mjs';
import { loadWords } from '../load.mjs';
import { HELP, readOptions, storesOf } from '../options.mjs';
import { cpuPerDelivered, growthExponent, kernelPerDelivered, perViewerHour } from '../phases.mjs';
import { markdown, plain } from '../report.mjs';
import { pairs } from '../scenarios/growth.mjs';
import { withoutAot } from '../scenarios/start.mjs';
import { SCENARIOS } from '../scenarios/table.mjs';
import { sustained, highest, ladder, nextStart } from '../search.mjs';
import { sidesOf } from '../servers.mjs';
import { line, median, ratios, spread } from '../statistics.mjs';
import { atLeast, atMost, verdict } from '../targets.mjs';

const phase = (more = {}) => ({
  seconds: 10,
  commandsPerSecond: 5,
  commands: 50,
  delivered: 1000,
  deliveredAll: 2000,
  missed: 0,
  errors: 0,
  bytesIn: 90_000,
  cpuSeconds: [0.02, 0.03],
  userCpuSeconds: [0.01, 0.02],
  redisCpuSeconds: 0.01,
  latencyMs: { p50: 1, p99: 20, count: 1000 },
  ...more,
});

test('the version of a JDK is read from what it prints', () => {
  assert.equal(majorVersion('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment'), 17);
  assert.equal(majorVersion('openjdk version "25" 2025-09-16'), 25);
  assert.equal(majorVersion('java: not found'), null);
  assert.equal(javaProgram('/opt/jdk'), '/opt/jdk/bin/java');
  assert.equal(javaProgram(''), 'java');
});

test('the median is the middle, and of an even number the mean of the two in the middle', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([9]), 9);
});

test('values that were not measured are left out', () => {
  assert.equal(median([null, 3, null, 1, 2]), 2);
  assert.equal(median([null]), null);
  assert.equal(median([]), null);
  assert.deepEqual(spread([null, 3, 1]), [1, 3]);
  assert.equal(spread([null]), null);
});

test('ratios are of the same repetition, and there is none against a missing value or zero', () => {
  assert.deepEqual(ratios([1, 4, null, 2, 3], [2, 2, 2, 0, null]), [0.5, 2, null, null, null]);
});

test('a line has the medians, the median of the ratios, and the spreads', () => {
  assert.deepEqual(
    line({ scenario: 's', figure: 'f', unit: 'ms', ours: [1, 2, 30], peer: [10, 4, 10], target: atMost('ratio', 1) }),
    {
      scenario: 's',
      figure: 'f',
      unit: 'ms',
      ours: 2,
      peer: 10,
      ratio: 0.5,
      spread: { ours: [1, 30], peer: [4, 10], ratio: [0.1, 3] },
      runs: 3,
    },
  );
});

test('a target is held by the median, not by the best', () => {
  const figure = { ours: [1, 6, 7], peer: [10, 10, 10] };
  assert.equal(verdict({ ...figure, target: atMost('ratio', 0.5) }).holds, false);
  assert.equal(verdict({ ...figure, target: atMost('ratio', 0.6) }).holds, true);
  assert.equal(verdict({ ...figure, target: atMost('ours', 6) }).holds, true);
  assert.equal(verdict({ ...figure, target: atLeast('ratio', 3) }).holds, false);
  assert.equal(verdict({ ours: [1], peer: [null], target: atLeast('ratio', 3) }).holds, null);
  assert.equal(verdict(figure), undefined);
});

test('steps grow by 1.3', () => {
  assert.deepEqual(ladder(10, 4), [10, 13, 16.9, 22]);
});

test('a rate is sustained when nothing is missed and p99 is within the bound', () => {
  assert.equal(sustained(phase(), 100), true);
  assert.equal(sustained(phase({ missed: 1 }), 100), false);
  assert.equal(sustained(phase({ errors: 1 }), 100), false);
  assert.equal(sustained(phase({ latencyMs: { p50: 1, p99: 100, count: 9 } }), 100), false);
  assert.equal(sustained(phase({ latencyMs: { p50: 0, p99: 0, count: 0 } }), 100), false);
});

test('the highest rate is the last before the first that failed twice', async () => {
  assert.deepEqual(await search({ upTo: 17 }), { best: 16.9, played: [10, 13, 16.9, 22, 22] });
  assert.deepEqual(await search({ upTo: 100 }), { best: 28.6, played: [10, 13, 16.9, 22, 28.6] });
  assert.deepEqual(await search({ upTo: 14, stalls: 1 }), { best: 13, played: [10, 10, 13, 16.9, 16.9] });
});

test('a search that begins too high goes down, and not below the lowest', async () => {
  assert.deepEqual(await search({ upTo: 6 }), { best: 5.92, played: [10, 10, 7.69, 7.69, 5.92] });
  assert.deepEqual(await search({ upTo: 1 }), { best: null, played: [10, 10, 7.69, 7.69, 5.92, 5.92] });
});

/** From 10 on, on a server that sustains so much, and on a machine that stalls in the first phases. */
async function search({ upTo, stalls = 0 }) {
  const played = [];
  const play = async (rate) => {
    played.push(rate);
    return phase({ commandsPerSecond: rate, missed: rate > upTo || played.length <= stalls ? 1 : 0 });
  };
  const best = await highest(play, { first: 10, lowest: 5, count: 5, p99Max: 100 });
  return { best: best === null ? null : best.commandsPerSecond, played };
}

test('the next search begins two steps below what was sustained, and not below the lowest', () => {
  assert.ok(Math.abs(nextStart(16.9, 5) - 10) < 1e-9);
  assert.equal(nextStart(6, 5), 5);
});

test('the processor of all instances counts', () => {
  assert.equal(cpuPerDelivered(phase()), 50);
  assert.equal(cpuPerDelivered(phase({ delivered: 0 })), null);
});

test('time that is not spent in the program is spent in the kernel', () => {
  assert.ok(Math.abs(kernelPerDelivered(phase()) - 20) < 1e-9);
  assert.equal(kernelPerDelivered(phase({ delivered: 0 })), null);
});

test('a viewer-hour is one member for one hour', () => {
  const hour = perViewerHour(phase({ seconds: 1800, bytesIn: 4e6 }), 2);
  assert.deepEqual(hour, { cpuSeconds: 0.05, megabytes: 4, messages: 2000 });
});

test('quadratic growth has the exponent 2, linear growth 1', () => {
  const joins = (commands, bytesIn) => ({ commands, bytesIn });
  const near = (phases, exponent) => assert.ok(Math.abs(growthExponent(phases, 'bytesIn') - exponent) < 1e-9);
  near([joins(20, 400), joins(180, 40_000 - 400), joins(1800, 4_000_000 - 40_000)], 2);
  near([joins(20, 200), joins(180, 1800), joins(1800, 18_000)], 1);
});

test('growth has a small and a large phase for each repetition, and nothing where one of them failed', () => {
  const results = { small: { ours: ['a', 'b'], peer: ['c', null] }, large: { ours: ['d', 'e'], peer: ['f', 'g'] } };
  assert.deepEqual(pairs(results, 'ours'), [
    { small: 'a', large: 'd' },
    { small: 'b', large: 'e' },
  ]);
  assert.deepEqual(pairs(results, 'peer'), [{ small: 'c', large: 'f' }, null]);
  assert.deepEqual(pairs(results, 'a side without this store'), []);
});

test('rows find their number in each result, and a repetition that failed stays empty', () => {
  const results = { ours: [{ n: 1 }, null], peer: [{ n: 2 }, {}] };
  assert.deepEqual(compared(results, [{ figure: 'f', unit: 's', of: ({ n }) => n }]), [
    { figure: 'f', unit: 's', ours: [1, null], peer: [2, null] },
  ]);
});

test('a table has a row for each figure, with the target and whether it holds', () => {
  const figures = [
    { figure: 'cost', unit: 'µs', ours: [1, 2, 3], peer: [10, 10, 10], target: atMost('ratio', 0.1) },
    { figure: 'size', unit: 'kB', ours: [12345.6], peer: [null] },
  ];
  assert.equal(
    markdown(figures),
    [
      '| figure | unit | ours | peer | ours / peer | target |  |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| cost | µs | 2 (1 to 3) | 10 (10 to 10) | 0.2 (0.1 to 0.3) | ratio ≤ 0.1 | **no** |',
      '| size | kB | 12,350 (12,350 to 12,350) | – | – |  |  |',
    ].join('\n'),
  );
  assert.equal(plain(figures).split('\n').length, 3);
});

test('the command line of the load generator names the servers', () => {
  const servers = [
    { url: 'http://127.0.0.1:1', pid: 11 },
    { url: 'http://127.0.0.1:2', pid: 22 },
  ];
  assert.deepEqual(loadWords({ scenario: 'hall', servers, redis: { pid: 33 }, options: { members: 9, steps: '1,2' } }), [
    ...['hall', '--url', 'http://127.0.0.1:1,http://127.0.0.1:2', '--pid', '11,22', '--redis-pid', '33'],
    ...['--members', '9', '--steps', '1,2'],
  ]);
});

test('a program without its AOT cache is the same but for that', () => {
  const program = ['java', '-XX:AOTCache=app.aot', '-XX:+UseCompactObjectHeaders', '-cp', 'lib/*', 'Main'];
  assert.deepEqual(withoutAot(program), ['java', '-XX:+UseCompactObjectHeaders', '-cp', 'lib/*', 'Main']);
});

test('without names all scenarios run, five times', () => {
  const options = readOptions(['--', 'java', '-p']);
  assert.deepEqual([options.names, options.runs, options.program], [Object.keys(SCENARIOS), 5, ['java', '-p']]);
  assert.deepEqual(options.stores, ['memory', 'file', 'redis']);
  assert.match(options.out, /bench\/results$/);
});

test('a quick run writes nothing unless a folder is given', () => {
  assert.deepEqual([readOptions(['--quick']).runs, readOptions(['--quick']).out], [1, undefined]);
  assert.equal(readOptions(['--quick', '--out', 'x']).out, 'x');
});

test('a store leaves out the scenarios that do not know it', () => {
  const options = readOptions(['--store', 'redis', '--runs', '7', 'hall', 'many', 'start']);
  assert.deepEqual([options.names, options.runs], [['hall', 'many'], 7]);
  assert.deepEqual(storesOf('hall', options), ['redis']);
  assert.deepEqual(readOptions(['--store', 'file']).names, ['growth']);
});

test('the file store is measured on ours alone', () => {
  assert.deepEqual(Object.keys(sidesOn('redis')), ['ours', 'peer']);
  assert.deepEqual(sidesOn('file', { instances: 1 }), { ours: { side: 'ours', store: 'file', instances: 1 } });
  const { ours, peer } = sidesOf(['program']);
  assert.deepEqual(ours.words({ data: 'folder' }), ['--data', 'folder']);
  assert.deepEqual(ours.words({ redis: { url: 'redis://x' } }), ['--redis', 'redis://x']);
  assert.deepEqual([ours.words({}), peer.words({})], [[], ['--store', 'memory']]);
  const rows = compared({ ours: [{ n: 1 }] }, [{ figure: 'f', unit: 's', of: ({ n }) => n }]);
  assert.deepEqual(rows, [{ figure: 'f', unit: 's', ours: [1], peer: [] }]);
});

test('an unknown word is rejected', () => {
  for (const words of [
    ['nothing'],
    ['--out'],
    ['--runs', '0'],
    ['--runs', 'x'],
    ['--runs'],
    ['--store', 'disk'],
    ['constructor'],
  ])
    assert.throws(() => readOptions(words), /scenario|--/);
});

test('the help names every scenario, and all of them fit into 50 minutes', () => {
  for (const name of Object.keys(SCENARIOS)) assert.ok(HELP.includes(`  ${name} `), name);
  assert.ok(Object.values(SCENARIOS).reduce((sum, { minutes }) => sum + minutes, 0) < 50);
});
