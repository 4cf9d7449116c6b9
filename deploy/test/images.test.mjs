// The images of a release have digests, or there is no release.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runToEnd } from '../../testkit/process.mjs';
import { filesWithImages, imagesIn, problems, readLock } from '../pin-images.mjs';
import { deploy, folder } from './support/parts.mjs';

const script = join(deploy, 'pin-images.mjs');
const lockText = readFileSync(join(deploy, 'images.lock'), 'utf8');
const digest = (letter) => `sha256:${letter.repeat(64)}`;

test('TR19 every image that a file names is in the lock, and nothing else is', () => {
  const named = new Set(filesWithImages(deploy).flatMap((file) => imagesIn(readFileSync(file, 'utf8'))));
  assert.deepEqual([...readLock(lockText).keys()].sort(), [...named].sort());
});

test('TR19 a release without a digest, or with something else in its place, is refused by name', async (t) => {
  const place = folder(t);
  const lock = join(place, 'images.lock');
  for (const bad of ['?', 'latest', 'sha256:abc', `${digest('a')}0`]) {
    const text = lockText.replaceAll('?', digest('a')).replace(/^(redis:\S+) .*$/m, `$1 ${bad}`);
    writeFileSync(lock, text);
    assert.equal(problems(deploy, readLock(text)).length, 1);
    const target = join(place, 'out');
    const { code, output } = await runToEnd('/usr/bin/env', [`IMAGES_LOCK=${lock}`, process.execPath, script, 'release', target]);
    assert.equal(code, 1);
    assert.match(output, /redis:7-alpine .* has no digest/);
    assert.ok(!existsSync(target));
  }
});

test('TR19 a release names every image that is not built from it by its digest', async (t) => {
  const place = folder(t);
  const lock = join(place, 'images.lock');
  writeFileSync(lock, lockText.replaceAll('?', digest('b')));
  const target = join(place, 'out');
  const { code, output } = await runToEnd('/usr/bin/env', [`IMAGES_LOCK=${lock}`, process.execPath, script, 'release', target]);
  assert.equal(code, 0, output);
  for (const file of filesWithImages(target)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!/^\s*(FROM|image:)\s/.test(line) || /image: watchnchill$/.test(line)) continue;
      assert.match(line, /@sha256:b{64}/, file);
    }
  }
  const kustomization = readFileSync(join(target, 'kubernetes', 'kustomization.yaml'), 'utf8');
  assert.match(kustomization, /digest: sha256:b{64}/);
  assert.doesNotMatch(kustomization, /newTag/);
});
