import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readJson, readSurefire, readSurefireXml } from '../reports.mjs';

const XML = `<testsuite name="a.RoomTest" time="1.2" tests="4" errors="1" skipped="1" failures="1">
  <testcase name="JN1_joins" classname="a.RoomTest" time="0.1"/>
  <testcase name="JN2_says &quot;no&quot;" classname="a.RoomTest" time="0.1">
    <failure message="expected: &lt;1&gt;" type="x"><![CDATA[expected: <1>
	at a.RoomTest.JN2(RoomTest.java:7)
]]></failure>
    <system-out><![CDATA[<error>not one</error>]]></system-out>
  </testcase>
  <testcase name="JN3_throws" classname="a.RoomTest" time="0.1">
    <error message="boom" type="y">java.lang.Error: boom &amp; more</error>
  </testcase>
  <testcase name="JN4_later" classname="a.RoomTest" time="0"><skipped/></testcase>
</testsuite>`;

test('a report of Surefire gives its counts, and each failure with its stack', () => {
  assert.deepEqual(readSurefireXml(XML, 'a.RoomTest'), {
    passed: 1,
    failed: 2,
    skipped: 1,
    failures: [
      { name: 'a.RoomTest JN2_says "no"', text: 'expected: <1>\n\tat a.RoomTest.JN2(RoomTest.java:7)' },
      { name: 'a.RoomTest JN3_throws', text: 'java.lang.Error: boom & more' },
    ],
  });
});

test('a failure without a stack gives its message', () => {
  const xml = `<testsuite tests="1" errors="0" skipped="0" failures="1">
    <testcase name="a"><failure message="too slow &gt; 3" type="x"/></testcase></testsuite>`;
  assert.deepEqual(readSurefireXml(xml, 'T').failures, [{ name: 'T a', text: 'too slow > 3' }]);
});

test('output of a test that looks like a failure is none', () => {
  const xml = `<testsuite tests="1" errors="0" skipped="0" failures="0">
    <testcase name="a"><system-out><![CDATA[<failure message="x"/>]]></system-out></testcase></testsuite>`;
  assert.deepEqual(readSurefireXml(xml, 'T'), { passed: 1, failed: 0, skipped: 0, failures: [] });
});

test('the classes of a module are added up, and a module without reports has none', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-reports-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'TEST-a.RoomTest.xml'), XML);
  writeFileSync(join(folder, 'TEST-a.OtherTest.xml'), '<testsuite name="b" tests="3" errors="0" skipped="0" failures="0"/>');
  writeFileSync(join(folder, 'a.RoomTest.txt'), 'not a report');
  const { passed, failed, skipped } = readSurefire(folder);
  assert.deepEqual({ passed, failed, skipped }, { passed: 4, failed: 2, skipped: 1 });
  assert.equal(readSurefire(join(folder, 'none')).passed, 0);
});

test('a JSON report gives its counts and failures; a file that could not be loaded is a failure too', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-reports-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'unit.json');
  const testResults = [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'one', failureMessages: [] },
        { status: 'failed', fullName: 'two', failureMessages: ['Error: no\n  at a.ts:1'] },
      ],
    },
    { name: 'b.test.ts', status: 'failed', message: 'cannot find c', assertionResults: [] },
  ];
  writeFileSync(path, JSON.stringify({ numPassedTests: 1, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults }));
  assert.deepEqual(readJson(path), {
    passed: 1,
    failed: 1,
    skipped: 3,
    failures: [
      { name: 'two', text: 'Error: no\n  at a.ts:1' },
      { name: 'b.test.ts', text: 'cannot find c' },
    ],
  });
});
