import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions, runsOf } from '../options.mjs';

test('without words it is home with four pages', () => {
  assert.deepEqual(runsOf(readOptions([])), [['home', 4]]);
});

test('what follows -- starts the server', () => {
  const options = readOptions(['lan', '--pages', '2', '--', 'java', '-cp', 'x', '--pages']);
  assert.deepEqual(options.server, ['java', '-cp', 'x', '--pages']);
  assert.deepEqual(runsOf(options), [['lan', 2]]);
});

test('what is no option is refused', () => {
  for (const words of [
    ['nowhere'],
    ['--pages', '1'],
    ['--pages', 'many'],
    ['--seed'],
    ['--constructor', '1'],
    ['--player'],
    ['--player', 'x'],
  ]) {
    assert.throws(() => readOptions(words), /sync-lab|whole number|one of/);
  }
});

test('all is every line with eight pages, and home with fewer too', () => {
  const runs = runsOf(readOptions(['all'])).map(([name, pages]) => `${name} ${pages}`);
  assert.deepEqual(runs, ['home 2', 'home 4', 'home 8', 'lan 8', 'intercontinental 8', 'mobile 8', 'mixed 8']);
});

test('the short run has two pages and no original', () => {
  const { pages, original, cycles } = readOptions(['--quick']);
  assert.deepEqual([pages, original, cycles], [2, false, 1]);
});

test("a film of the library has no counterpart in the original's algorithm, and is no player", () => {
  const { film, original } = readOptions(['home', '--film', 'converted']);
  assert.deepEqual([film, original], ['converted', false]);
  assert.throws(() => readOptions(['--film', 'other']), /one of library, converted/);
  assert.throws(() => readOptions(['--film', 'library', '--player', 'vimeo']), /exclude/);
});

test("the player of another site has no counterpart in the original's algorithm", () => {
  const { player, original } = readOptions(['home', '--player', 'vimeo']);
  assert.deepEqual([player, original], ['vimeo', false]);
});
