// Pins the images of a release to digests, so that what was tried is what runs.
//   node deploy/pin-images.mjs update         asks the registries for the digests (needs docker and a network)
//   node deploy/pin-images.mjs release DIR    writes the files of deploy/ with digests to DIR
// A release without a digest for every image is refused, with exit code 1 and the names of those that lack one.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const OWN = 'watchnchill';
// What names an image: `FROM x`, `image: x`, in Dockerfiles and YAML.
const REFERENCE = /^(\s*(?:FROM|image:)\s+)([a-z0-9][\w./-]*(?::[\w.-]+)?)(?=\s|$)/gm;

export function readLock(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => line.trim().split(/\s+/)));
}

/** The files below a folder that may name images. */
export function filesWithImages(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && (/\.ya?ml$/.test(file) || file.endsWith('Dockerfile')));
}

export function imagesIn(text) {
  return [...text.matchAll(REFERENCE)].map((match) => match[2]);
}

export function pinned(text, lock) {
  return text.replace(REFERENCE, (_, before, image) => `${before}${image}@${lock.get(image)}`);
}

/** What keeps a folder from being released, in words; nothing when all is well. */
export function problems(folder, lock) {
  const used = new Map();
  for (const file of filesWithImages(folder))
    for (const image of imagesIn(readFileSync(file, 'utf8'))) used.set(image, relative(folder, file));
  const missing = [...used].filter(([image]) => !DIGEST.test(lock.get(image) ?? ''));
  return missing.map(([image, file]) => `${image} (${file}) has no digest`);
}

/** The kustomization names our image by digest instead of a tag. */
function pinKustomization(text, digest) {
  return text.replace(/^(\s+)newTag: .*$/m, `$1digest: ${digest}`);
}

function update() {
  const file = join(here, 'images.lock');
  let text = readFileSync(file, 'utf8');
  for (const image of readLock(text).keys()) {
    if (image === OWN) continue; // known when it was pushed
    const found = execFileSync('docker', ['buildx', 'imagetools', 'inspect', image, '--format', '{{.Manifest.Digest}}'], {
      encoding: 'utf8',
    }).trim();
    if (!DIGEST.test(found)) throw new Error(`${image}: docker answered no digest but "${found.slice(0, 100)}"`);
    text = text.replace(new RegExp(`^${image.replaceAll('.', '\\.')} .*$`, 'm'), `${image} ${found}`);
  }
  writeFileSync(file, text);
}

function release(target, lockFile) {
  const lock = readLock(readFileSync(lockFile, 'utf8'));
  const bad = problems(here, lock);
  if (bad.length > 0) throw new Error(`no release:\n  ${bad.join('\n  ')}\nrun: node deploy/pin-images.mjs update`);
  if (existsSync(target)) throw new Error(`${target} is there already`);
  cpSync(here, target, { recursive: true, filter: (path) => !relative(here, path).startsWith('test') });
  for (const file of filesWithImages(target)) writeFileSync(file, pinned(readFileSync(file, 'utf8'), lock));
  const kustomization = join(target, 'kubernetes', 'kustomization.yaml');
  writeFileSync(kustomization, pinKustomization(readFileSync(kustomization, 'utf8'), lock.get(OWN)));
  // Kustomize puts name and digest in place of this name.
  const server = join(target, 'kubernetes', 'server.yaml');
  writeFileSync(server, readFileSync(server, 'utf8').replace(`image: ${OWN}@${lock.get(OWN)}`, `image: ${OWN}`));
  // Compose builds our image from the sources of the same release.
  const compose = join(target, 'compose.yaml');
  writeFileSync(compose, readFileSync(compose, 'utf8').replaceAll(`image: ${OWN}@${lock.get(OWN)}`, `image: ${OWN}`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, target] = process.argv.slice(2);
  try {
    if (what === 'update') update();
    else if (what === 'release' && target !== undefined) release(target, process.env['IMAGES_LOCK'] ?? join(here, 'images.lock'));
    else throw new Error('usage: node deploy/pin-images.mjs update | release DIR');
  } catch (error) {
    console.error(`pin-images: ${error.message}`);
    process.exit(1);
  }
}
