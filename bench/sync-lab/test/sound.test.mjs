import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctiveSeeks, heard } from '../figures/sound.mjs';

const minute = [[0, 60_000]];

test('a rate off by more than five cents is heard for as long as it lasts', () => {
  const tones = [
    [1000, 1.01, 1],
    [1500, 1, 1],
  ];
  assert.deepEqual(heard(tones, minute), {
    audible: 500,
    bent: 500,
    ducked: 0,
  });
});

test('between one cent and five a rate is bent, and not heard', () => {
  assert.deepEqual(
    heard(
      [
        [1000, 1.0028, 1],
        [1500, 1, 1],
      ],
      minute,
    ),
    { audible: 0, bent: 500, ducked: 0 },
  );
});

test('half a cent is not heard, and neither is what happens outside the windows', () => {
  assert.deepEqual(heard([[0, 1.0003, 1]], minute), {
    audible: 0,
    bent: 0,
    ducked: 0,
  });
  assert.deepEqual(heard([[70_000, 1.5, 1]], minute), {
    audible: 0,
    bent: 0,
    ducked: 0,
  });
  assert.deepEqual(heard([[50_000, 1.5, 1]], minute), {
    audible: 10_000,
    bent: 10_000,
    ducked: 0,
  });
});

test('with a lowered volume no rate is audible, and that time is counted apart', () => {
  const tones = [
    [1000, 1, 0.01],
    [1010, 2, 0.01],
    [1210, 1, 0.01],
    [1300, 1, 1],
  ];
  assert.deepEqual(heard(tones, minute), { audible: 0, bent: 0, ducked: 300 });
});

test("a room's own rate is no correction", () => {
  assert.deepEqual(heard([[0, 1.5, 1]], minute, 1.5), {
    audible: 0,
    bent: 0,
    ducked: 0,
  });
});

test('the first assignment after a seek or a join is the act, every further one a correction', () => {
  const acts = [
    { kind: 'play', t: 0 },
    { kind: 'seek', t: 1000 },
    { kind: 'play', t: 9000 },
  ];
  const at = (...times) => times.map((t) => [t]);
  assert.equal(correctiveSeeks(at(1050), acts, minute).counted, 0);
  assert.equal(correctiveSeeks(at(1050, 1900), acts, minute).counted, 1);
  assert.equal(correctiveSeeks(at(500), acts, minute).counted, 1);
  assert.equal(correctiveSeeks(at(7000), acts, minute).counted, 1);
  assert.equal(correctiveSeeks(at(9100), acts, minute).counted, 1);
  assert.equal(correctiveSeeks(at(61_000), acts, minute).counted, 0);
});
