// Reads the reports of all test runners of the project: counts, and each failure with its message and stack.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: { name: string, text: string }[] }} Report */

/** @returns {Report} of a suite that has left no report */
export const emptyReport = () => ({ passed: 0, failed: 0, skipped: 0, failures: [] });

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

const attribute = (tag, name) => unescapeXml(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The message and stack in an element `<failure>` or `<error>`. */
function failureText(element) {
  const [, tag, body = ''] = /^<(?:failure|error)\b([^>]*?)(?:\/>|>([\s\S]*))$/.exec(element);
  const cdata = [...body.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, text]) => text).join('');
  return (cdata || unescapeXml(body) || attribute(tag, 'message')).trim();
}

/** Reads one file of Maven Surefire. */
export function readSurefireXml(xml, className) {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0] ?? '';
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const failures = [];
  for (const [, tag, body] of xml.matchAll(/<testcase ([^>]*[^>/])>([\s\S]*?)<\/testcase>/g)) {
    const element = /^\s*(<(failure|error)\b[^>]*?(?:\/>|>[\s\S]*?(?=<\/\2>)))/.exec(body)?.[1];
    if (element !== undefined) failures.push({ name: `${className} ${attribute(tag, 'name')}`, text: failureText(element) });
  }
  return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped'), failures };
}

/** Adds up the reports of all test classes of a Maven module. */
export function readSurefire(folder) {
  const sum = emptyReport();
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (!/^TEST-.*\.xml$/.test(file)) continue;
    const report = readSurefireXml(readFileSync(join(folder, file), 'utf8'), file.slice('TEST-'.length, -'.xml'.length));
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += report[key];
    sum.failures.push(...report.failures);
  }
  return sum;
}

/** Reads the JSON of Vitest, or of testkit/counts.mjs, which has the same keys. */
export function readJson(path) {
  if (!existsSync(path)) return emptyReport();
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const failures = [...(report.failures ?? [])];
  for (const suite of report.testResults ?? []) {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) failures.push({ name: fullName, text: failureMessages.join('\n') });
    // A file that cannot be loaded, or one of whose hooks fails, has no failed test.
    if (suite.status === 'failed' && failed.length === 0) failures.push({ name: suite.name, text: suite.message ?? '' });
  }
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures,
  };
}
