// Builds the client for the Java server. Installs dependencies when the lock file changed, bundles when a source
// changed, and writes target/client/webclient/ with every file, its compressed forms and a manifest.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'dist');
const client = join(web, 'target', 'client', 'webclient');
const sources = [
  'src',
  'public',
  'scripts',
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.build.json',
];
const compressible = /\.(html|js|css|json|svg|txt|webmanifest|vtt)$/;

const files = (path) =>
  !existsSync(path) ? [] : statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => files(join(path, name))) : [path];
const npm = (...args) => execFileSync('npm', args, { cwd: web, stdio: ['ignore', 'inherit', 'inherit'] });

function install() {
  const mark = join(web, 'node_modules', '.lock-hash');
  const hash = createHash('sha256')
    .update(readFileSync(join(web, 'package-lock.json')))
    .digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;
  npm('ci', '--silent', '--no-audit', '--no-fund');
  writeFileSync(mark, hash);
}

/** Hashes all sources of the bundle; file times do not survive a clone or a checkout. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((name) => files(join(web, name))).sort()) {
    hash.update(relative(web, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function pack() {
  rmSync(client, { recursive: true, force: true });
  mkdirSync(dirname(client), { recursive: true });
  cpSync(dist, client, { recursive: true });
  for (const file of files(client).filter((name) => compressible.test(name))) {
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  const names = files(client).map((file) => relative(client, file).split(sep).join('/'));
  writeFileSync(join(client, 'manifest.txt'), `${names.sort().join('\n')}\n`);
}

install();
const mark = join(web, 'target', 'client.hash');
const now = fingerprint();
if (!existsSync(join(client, 'manifest.txt')) || !existsSync(mark) || readFileSync(mark, 'utf8') !== now) {
  npm('run', '--silent', 'build');
  pack();
  writeFileSync(mark, now);
}
