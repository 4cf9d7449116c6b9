// The small JSON file in which a suite leaves its counts and failures for scripts/count-tests.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../target/test-counts', import.meta.url));

/** @param failures one { name, text } for each failed test; `text` is its message with the stack, or empty */
export function writeCounts(file, { passed, failed, skipped = 0, failures = [] }) {
  mkdirSync(FOLDER, { recursive: true });
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, failures };
  writeFileSync(join(FOLDER, file), `${JSON.stringify(counts)}\n`);
}
