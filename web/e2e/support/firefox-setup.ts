/** Leaves tests out when the tests run in Firefox: what it cannot do, and in the Firefox suite what is not of that suite. */
import { basename } from 'node:path';
import { beforeEach } from 'vitest';
import { FIREFOX_CANNOT, FIREFOX_SUITE } from './firefox-tests.mjs';
import { NOT_CHOSEN } from './count-reporter';
import { USUAL_ENGINE } from './engines';

if (USUAL_ENGINE === 'firefox') {
  beforeEach((context) => {
    const { name } = context.task;
    const file = basename(context.task.file.name, '.e2e.ts');
    const reason = FIREFOX_CANNOT[file]?.[name];
    if (reason !== undefined) context.skip(reason);
    if (process.env['FIREFOX_SUITE'] === '1' && !FIREFOX_SUITE[file]?.includes(name)) context.skip(NOT_CHOSEN);
  });
}
