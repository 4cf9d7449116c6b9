// The measured operations: each prepares its rooms, and is then run again and again, one room after the other.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommittedRoom, formOf, LIFETIME_MS, PeerRoom, ROOMS } from './rooms.mjs';

const SCRIPT = 'server/src/main/resources/dev/watchnchill/server/redis/room/commit.lua';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** More than a log keeps, so that it is trimmed as that of a room in use. */
const PLAYS_BEFORE = 256;

/** What the others are compared with. */
export const PEER = 'GET, SETEX';
const COMMIT = 'commit.lua';

/** Returns commit.lua as it is here. */
export const scriptHere = () => readFileSync(`${ROOT}/${SCRIPT}`, 'utf8');

/** Returns commit.lua of a commit; null when the history is not here. */
export function scriptOf(commit) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['-C', ROOT, 'show', `${commit}:${SCRIPT}`], options);
  } catch {
    return null;
  }
}

const rooms = (make) => Array.from({ length: ROOMS }, (_, n) => make(n));
const channelsOf = (all) => all.map(({ channel }) => channel);
const subscriptionOf = (publish) => (publish === 'SPUBLISH' ? 'SSUBSCRIBE' : 'SUBSCRIBE');

/**
 * Returns a play of bench/peer-node: the room is read and written as a whole.
 *
 * @param publish the command that also tells other instances, or null
 */
function peerOperation({ publish }) {
  const all = rooms((n) => new PeerRoom(n));
  return {
    async prepare(connection) {
      for (const room of all) await connection.command('SETEX', room.key, LIFETIME_MS / 1000, room.played(Date.now()));
      if (publish !== null) await connection.subscribe(subscriptionOf(publish), channelsOf(all));
    },
    async run(connection, turn) {
      const room = all[turn % ROOMS];
      const now = Date.now();
      await connection.command('GET', room.key);
      await connection.command('SETEX', room.key, LIFETIME_MS / 1000, room.played(now));
      if (publish !== null) await connection.command(publish, room.channel, room.event(now));
    },
  };
}

/**
 * Returns a play as the server sends it, to that script.
 *
 * @param writes whether the script does what commit.lua does
 */
function scriptOperation({ letter, source, form, publish, writes = true }) {
  const all = rooms((n) => new CommittedRoom(letter, n));
  let digest;
  const run = async (connection, turn) => {
    const room = all[turn % ROOMS];
    const play = room.play({ form, publish, now: Date.now() });
    const answer = await connection.command('EVALSHA', digest, room.keys.length, ...room.keys, ...play);
    if (answer !== 1) throw new Error(`${room.id} answered ${answer} at ${room.seq}`);
  };
  return {
    run,
    async prepare(connection) {
      digest = await connection.command('SCRIPT', 'LOAD', source);
      for (const room of all) await connection.command(...room.creation(Date.now()));
      if (!writes) return;
      await connection.subscribe(subscriptionOf(publish), channelsOf(all));
      for (let turn = 0; turn < PLAYS_BEFORE * ROOMS; turn++) await run(connection, turn);
    },
  };
}

/**
 * Returns the operations by name, in the order of the table.
 *
 * @param publish SPUBLISH where Redis has it, as the server sends it
 * @param before a commit and its script, which is null when it is not known
 */
export function operations({ publish, before }) {
  const source = scriptHere();
  const form = formOf(source);
  const all = {
    [PEER]: peerOperation({ publish: null }),
    [`${PEER}, ${publish}`]: peerOperation({ publish }),
    'a script that only returns': scriptOperation({ letter: 'R', source: 'return 1', form, publish, writes: false }),
  };
  if (before.source !== null) {
    const how = { letter: 'B', source: before.source, form: formOf(before.source), publish };
    all[`${COMMIT} of ${before.commit}`] = scriptOperation(how);
  }
  all[COMMIT] = scriptOperation({ letter: 'C', source, form, publish });
  return all;
}
