/** coturn with the file of deploy/, on a port and with a secret of the test. */
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../../../testkit/ports.mjs';
import { ManagedProcess } from '../../../testkit/process.mjs';

const SHIPPED = join(import.meta.dirname, '../../../deploy/coturn/turnserver.conf');
const SECRET = 'a secret for this test alone';

/** Returns whether coturn is installed. */
export function hasTurnServer(): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'turnserver'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The address at which other machines would reach this one. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

export interface TurnServer {
  /** What the server of the room needs to know of it. */
  environment: Record<string, string>;
  /** Ends it, and all of its relays. */
  stop(): Promise<unknown>;
  /** Starts it again after that. */
  start(): void;
  close(): Promise<void>;
}

/** Starts coturn, which relays to itself alone: all pages of the test are on this machine. */
export async function startTurnServer(): Promise<TurnServer> {
  const port = await freePort();
  const address = ownAddress();
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-turn-'));
  const file = join(folder, 'turnserver.conf');
  const here = [
    `listening-port=${port}`,
    `listening-ip=${address}`,
    `relay-ip=${address}`,
    `allowed-peer-ip=${address}`,
    `pidfile=${folder}/pid`,
    `userdb=${folder}/db`,
  ].join('\n');
  const shipped = readFileSync(SHIPPED, 'utf8');
  writeFileSync(file, shipped.replace('CHANGE-THIS-SECRET', SECRET).replace('listening-port=3478', here));
  const start = () => new ManagedProcess('turnserver', ['-c', file]);
  let child = start();
  return {
    environment: { TURN_URLS: `turn:${address}:${port}?transport=udp`, TURN_SECRET: SECRET },
    stop: () => child.stop(),
    start() {
      child = start();
    },
    async close() {
      await child.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
