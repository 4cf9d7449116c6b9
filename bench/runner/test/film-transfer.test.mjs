import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuration, nginxProgram } from '../../film-transfer/nginx.mjs';
import { Allowance, headLength, request } from '../../film-transfer/reader.mjs';
import { linesOf, tableOf } from '../../film-transfer/report.mjs';

test('a reader takes its rate, rests after a large piece, and saves up half a second at most', () => {
  const allowance = new Allowance(1000, 0);
  assert.equal(allowance.due(100), true);
  assert.equal(allowance.take(60), true);
  assert.equal(allowance.take(340), false);
  assert.equal(allowance.due(400), false);
  assert.equal(allowance.due(401), true);
  assert.equal(allowance.due(9000), true);
  assert.equal(allowance.take(499), true);
  assert.equal(allowance.take(1), false);
});

test('a reader asks for a part as browsers do, and accepts nothing else', () => {
  assert.match(request('/media/x', 7), /^GET \/media\/x HTTP\/1\.1\r\n.*Range: bytes=7-\r\n.*\r\n\r\n$/s);
  assert.equal(headLength(Buffer.from('HTTP/1.1 206 Partial Content\r\nA: b\r\n')), null);
  assert.equal(headLength(Buffer.from('HTTP/1.1 206 Partial Content\r\n\r\nfilm')), 32);
  assert.throws(() => headLength(Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n')), /403 Forbidden/);
});

test('nginx has one worker and sendfile', () => {
  const text = configuration({ port: 4440, films: '/films', folder: '/place' });
  assert.match(text, /^worker_processes 1;$/m);
  assert.match(text, /^ {2}sendfile on;$/m);
  assert.equal(nginxProgram('/nowhere') === null || nginxProgram('/nowhere').endsWith('/nginx'), true);
});

test('figures are per second and per megabyte, ratios of the same run', () => {
  const run = (cpuMs) => ({
    cpuMs,
    seconds: 30,
    megabytes: 1200,
    leastBytes: 30e6,
    residentKb: 2048,
  });
  const lines = linesOf({
    ours: [run(300), run(600), run(300)],
    nginx: [run(150), run(200), run(100)],
  });
  const [cpu, megabyte, sent, slowest, resident] = lines;
  assert.deepEqual([cpu.ours, cpu.nginx, cpu.ratio, cpu.spread.ratio], [1, 0.5, 3, [2, 3]]);
  assert.deepEqual([megabyte.ours, sent.ours, slowest.ours, resident.ours], [0.25, 40, 1000, 2]);
  assert.match(tableOf(lines), /^\| CPU \| % of a core \| 1 \(1 to 2\) \| 0\.5 \(0\.3333 to 0\.6667\) \| 3 \(2 to 3\) \|$/m);
  const idle = linesOf({ ours: [run(10)], nginx: [run(0)] });
  assert.match(tableOf(idle), /^\| CPU \| .* \| – \|$/m);
});
