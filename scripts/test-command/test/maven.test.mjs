import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MavenOutput } from '../maven.mjs';

function followed(...lines) {
  const ended = [];
  let at = 0;
  const output = new MavenOutput({
    onModule: (name, seconds) => ended.push([name, seconds]),
    onClient: () => ended.push('client'),
    now: () => at,
  });
  for (const line of lines) {
    at += 1000;
    output.line(line);
  }
  return { output, ended };
}

test('the tests of a module have ended when its next goal begins', () => {
  const { output, ended } = followed(
    '[INFO] --- maven-compiler-plugin:3.16.0:testCompile (default-testCompile) @ watchnchill-socketio ---',
    '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-socketio ---',
    '[INFO] Tests run: 3',
    '[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ watchnchill-socketio ---',
    '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-web ---',
    '[INFO] --- exec-maven-plugin:3.6.4:exec (test-client) @ watchnchill-web ---',
    '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-load ---',
  );
  output.end();
  assert.deepEqual(ended, [
    ['socketio', 2],
    ['bench/load', 0],
  ]);
});

test('the goals of a module that is built at the same time end no tests', () => {
  const { output, ended } = followed(
    '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-socketio ---',
    '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ watchnchill-party ---',
    '[INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-party ---',
    '[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ watchnchill-party ---',
    '[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ watchnchill-socketio ---',
  );
  output.end();
  assert.deepEqual(ended, [
    ['party', 1],
    ['socketio', 4],
  ]);
});

test('the client has been built when it is packed', () => {
  const { ended } = followed(
    '[INFO] --- exec-maven-plugin:3.6.4:exec (build-client) @ watchnchill-web ---',
    '[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ watchnchill-party ---',
  );
  assert.deepEqual(ended, []);
  assert.deepEqual(followed('[INFO] --- maven-jar-plugin:3.5.1:jar (default-jar) @ watchnchill-web ---').ended, ['client']);
});

test('what Maven calls an error is kept, what a test prints is not', () => {
  const { output } = followed('[ERROR] COMPILATION ERROR', '17:00:55 ERROR [main] a log line', ' [ERROR] indented');
  assert.deepEqual(output.errors, ['[ERROR] COMPILATION ERROR']);
});
