// On what machine a figure was found.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, type } from 'node:os';
import { chromiumPath } from '../../../testkit/chromium.mjs';

function firstLine(command, args) {
  try {
    const out = execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    return out.trim().split('\n')[0];
  } catch {
    return 'unknown';
  }
}

function javaVersion() {
  if (process.env.BASE_URL) return "the named server's own";
  const home = process.env.JAVA_HOME;
  return firstLine(home ? `${home}/bin/java` : 'java', ['--version']);
}

let still;
export function machine() {
  still ??= {
    processor: `${cpus().length} × ${cpus()[0].model.trim()}`,
    system: `${type()} ${release()}`,
    browser: firstLine(chromiumPath(), ['--version']),
    java: javaVersion(),
    node: process.version,
  };
  return {
    ...still,
    load: loadavg()
      .map((value) => value.toFixed(2))
      .join(' '),
  };
}
