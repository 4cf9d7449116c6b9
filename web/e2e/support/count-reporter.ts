import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { firefoxLeftOut } from './firefox-tests.mjs';

/** The note of a test that the Firefox suite has not chosen: it is not counted. */
export const NOT_CHOSEN = 'not of the Firefox suite';

/**
 * Ends the run with one line of counts that a script can read.
 * @param file where the report goes, for scripts/test-command; none without a name
 */
export default class CountLine implements Reporter {
  constructor(private readonly options: { file?: string } = {}) {}

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[] = []): void {
    const sum = { passed: 0, failed: 0, skipped: 0 };
    const failures: { name: string; text: string }[] = [];
    for (const module of modules) {
      const broken = module.errors();
      if (broken.length > 0) failures.push({ name: module.moduleId, text: textOf(broken) });
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'skipped' && result.note === NOT_CHOSEN) continue;
        if (result.state !== 'pending') sum[result.state]++;
        if (result.state === 'failed') failures.push({ name: nameOf(test), text: textOf(result.errors) });
      }
    }
    if (unhandled.length > 0) failures.push({ name: 'outside of the tests', text: String(unhandled[0]) });
    if (process.env['BROWSER_ENGINE'] === 'firefox') this.listLeftOut();
    if (this.options.file !== undefined) this.write(this.options.file, sum, failures);
    console.log(`e2e: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  }

  private listLeftOut(): void {
    const left = firefoxLeftOut();
    console.log(`${left.length} tests cannot run in Firefox:\n${left.map((line) => `  ${line}`).join('\n')}`);
  }

  private write(file: string, { passed, failed, skipped }: Record<string, number>, failures: object[]): void {
    mkdirSync(dirname(file), { recursive: true });
    const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, failures };
    writeFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}

const nameOf = (test: TestCase) => `${test.module.relativeModuleId} ${test.fullName}`;
const textOf = (errors: readonly { message: string; stack?: string }[]) =>
  errors.map(({ message, stack }) => stack ?? message).join('\n');
