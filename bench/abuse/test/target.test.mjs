import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTACKS, secondsOf } from '../attacks/table.mjs';
import { addressOf } from '../audience/audience.mjs';
import { readOptions } from '../options.mjs';
import { jsonOf, line, rowOf, table } from '../report.mjs';
import { environmentOf, HEAP, heapOf, withDescriptors, withHeap } from '../target.mjs';

test('the heap is given to a JVM by its command, and to the launcher by the environment', () => {
  assert.deepEqual(withHeap(['/jdk/bin/java', '-cp', 'x']), ['/jdk/bin/java', HEAP, '-cp', 'x']);
  assert.deepEqual(withHeap(['./watchnchill', 'start']), ['./watchnchill', 'start']);
  assert.match(environmentOf(false).JAVA_OPTS, /-Xmx614m$/);
});

test('the limits are the defaults of production; only the short run ends waits sooner', () => {
  const names = ['JAVA_OPTS', 'NODE_ENV', 'TRUSTED_PROXIES'];
  assert.deepEqual(Object.keys(environmentOf(false)).sort(), names);
  assert.deepEqual(Object.keys(environmentOf(true)).sort(), ['EMPTY_ROOM_GRACE_MS', ...names, 'RECONNECT_GRACE_MS'].sort());
});

test('a shell allows fewer descriptors and becomes the program', () => {
  assert.deepEqual(withDescriptors(['java', 'a b'], 100), ['sh', '-c', 'ulimit -n 100 && exec "$@"', 'sh', 'java', 'a b']);
});

test('the heap is the sum of its pools', () => {
  const text = [
    '# HELP jvm_memory_used_bytes The amount',
    'jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E7',
    'jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7',
    'jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 500000',
  ].join('\n');
  assert.equal(heapOf(text), 15_500_000);
});

test('without names it is every attack, and results are kept but of the short run', () => {
  const all = readOptions([]);
  assert.deepEqual(all.names, Object.keys(ATTACKS));
  assert.match(all.out, /bench\/results$/);
  assert.equal(readOptions(['--quick']).out, undefined);
  assert.deepEqual(readOptions(['--attack', 'json', '--each', '--', 'java', '--quick']), {
    names: ['json'],
    each: true,
    program: ['java', '--quick'],
    out: all.out,
  });
});

test('what is no attack and no option is refused', () => {
  for (const words of [['json'], ['--attack'], ['--attack', 'constructor'], ['--out'], ['--constructor']])
    assert.throws(() => readOptions(words), /attack|option|folder/);
});

test('every attack has a description and a run', () => {
  for (const [name, { description, run }] of Object.entries(ATTACKS)) {
    assert.ok(description.length > 10 && typeof run === 'function', name);
    assert.ok(secondsOf(name, true) <= 2 && secondsOf(name, false) <= 60, name);
  }
});

test('addresses are of the loopback', () => {
  assert.deepEqual([addressOf(1, 0), addressOf(4, 249), addressOf(4, 250)], ['127.0.1.1', '127.0.4.250', '127.0.4.1']);
});

test('a phase is a row and a line of JSON', () => {
  const few = { count: 1, p50: 1, p99: 2.04, max: 3 };
  const none = { count: 0, p50: null, p99: null, max: null };
  const phase = { clock: few, chat: none, visit: few, refusals: [1], disconnects: [], heapMb: 20, residentMb: null };
  const result = { name: 'json', phase: { ...phase, attack: { counts: { packets: 2 } } }, calm: { clock: few }, why: ['x'] };
  assert.deepEqual(rowOf(result), ['json', '1.0 / 2.0 / 3.0', '2.0', '– / – / –', '1, 2.0', 1, 0, 20, '–', '**fails**']);
  assert.equal(table([result]).split('\n').length, 3);
  const { attack, holds, refused, did } = line(result);
  assert.deepEqual([attack, holds, refused, did], ['json', false, 1, { packets: 2 }]);
});

test('what never came is said so in JSON', () => {
  assert.equal(jsonOf({ p50: 1, p99: Number.POSITIVE_INFINITY, max: null }), '{"p50":1,"p99":"never","max":null}');
});
