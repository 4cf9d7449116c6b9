import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line of counts that a script can read. */
export default class CountLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed' || state === 'skipped') sum[state]++;
      }
    }
    console.log(`e2e: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  }
}
