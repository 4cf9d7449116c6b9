// An attack as a process of its own, so that it does not slow down the clock of those whose answers are measured.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const ATTACKER = fileURLToPath(new URL('./attacker.mjs', import.meta.url));
/** Enough to leave the server and its members their share, and little enough to attack on a busy machine. */
const ATTACKER_NICE = 5;
const END_MS_MAX = 40_000;

/**
 * Runs an attack to its end.
 *
 * @param place as {@link Field} takes it
 * @param onClose takes what ends it early
 * @returns what it counted, as { counts, problem? }
 */
export async function attack(name, place, onClose = () => undefined) {
  const child = fork(ATTACKER, [JSON.stringify({ name, ...place })], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const stop = () => child.kill('SIGKILL');
  onClose(stop);
  try {
    // An attacker has processors of its own; here it takes what the server and its members leave.
    setPriority(child.pid, ATTACKER_NICE);
  } catch {
    // It has ended already, or the system does not allow it: it is measured all the same.
  }
  let report = { counts: {}, problem: 'it ended without a report' };
  child.on('message', (message) => (report = message));
  const timer = setTimeout(stop, place.seconds * 1000 + END_MS_MAX);
  await once(child, 'exit');
  clearTimeout(timer);
  return report;
}
