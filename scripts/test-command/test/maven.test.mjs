import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MavenOutput } from '../maven.mjs';

function followed(...lines) {
  const ended = [];
  let at = 0;
  const output = new MavenOutput(
    (name, seconds) => ended.push([name, seconds]),
    () => at,
  );
  for (const line of lines) {
    at += 1000;
    output.line(line);
  }
  return { output, ended };
}

test('a module has ended when the next one begins, or the summary', () => {
  const { ended } = followed(
    '[INFO] --------------------< dev.watchnchill:watchnchill >---------------------',
    '[INFO] ----------------< dev.watchnchill:watchnchill-socketio >----------------',
    '[INFO] Tests run: 3',
    '[INFO] -----------------< dev.watchnchill:watchnchill-web >-------------------',
    '[INFO] -----------------< dev.watchnchill:watchnchill-load >------------------',
    '[INFO] Reactor Summary for Watch N Chill 0.1.0-SNAPSHOT:',
  );
  assert.deepEqual(ended, [
    ['socketio', 2],
    ['bench/load', 1],
  ]);
});

test('what Maven calls an error is kept, what a test prints is not', () => {
  const { output } = followed('[ERROR] COMPILATION ERROR', '17:00:55 ERROR [main] a log line', ' [ERROR] indented');
  assert.deepEqual(output.errors, ['[ERROR] COMPILATION ERROR']);
});
