// The Java that runs the load generator.
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/** The least version of the JDK that can run what this project builds. */
const LEAST = 25;

/** Returns the program: that of JAVA_HOME, which the launcher sets, or the one on the path. */
export function javaProgram(home = process.env.JAVA_HOME) {
  return home ? join(home, 'bin', 'java') : 'java';
}

/** Returns the main version that `java -version` prints, or null. */
export function majorVersion(text) {
  const digits = /version "(\d+)/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Ends the process with one line when the Java at hand is too old, as it may be without the launcher. */
export function requireJava(name) {
  const { stderr } = spawnSync(javaProgram(), ['-version'], { encoding: 'utf8' });
  const version = majorVersion(stderr ?? '');
  if (version !== null && version >= LEAST) return;
  console.error(`${name}: needs a JDK ${LEAST} or newer, and finds ${version ?? 'none'}; set JAVA_HOME to one`);
  process.exit(2);
}

/** Returns the bytes of all live objects of a JVM, which collects all others for that. */
export function liveBytes(pid) {
  const text = execFileSync(join(dirname(javaProgram()), 'jcmd'), [String(pid), 'GC.class_histogram'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  return Number(/^Total\s+\d+\s+(\d+)/m.exec(text)[1]);
}
