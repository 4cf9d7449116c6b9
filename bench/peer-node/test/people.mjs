// A peer in a process of its own, and people with the stock client who wait for what they are told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';

const server = fileURLToPath(new URL('../server.mjs', import.meta.url));
const PATIENCE_MS = 10_000;

export async function startedPeer(words, environment = {}) {
  const child = spawn(process.execPath, [server, '--port', '0', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^listening on (http:\/\/localhost:\d+)$/.exec(line);
      if (found !== null) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
  });
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

export class Person {
  #told = [];
  #waiting = [];

  constructor(url, transports = ['websocket']) {
    this.socket = io(url, { path: '/api/socket/io', transports, reconnection: false, forceNew: true });
    this.socket.onAny((name, payload) => {
      this.#told.push({ name, payload });
      for (const look of [...this.#waiting]) look();
    });
  }

  say(name, payload) {
    this.socket.emit(name, payload);
  }

  ask(name, payload) {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(name, payload);
  }

  /** The next event of that name that was not yet taken. */
  next(name) {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => reject(new Error(`${name} never came, but ${this.names()}`)), PATIENCE_MS);
      const look = () => {
        const at = this.#told.findIndex((one) => one.name === name);
        if (at < 0) return;
        clearTimeout(patience);
        this.#waiting = this.#waiting.filter((one) => one !== look);
        resolve(this.#told.splice(at, 1)[0].payload);
      };
      this.#waiting.push(look);
      look();
    });
  }

  /** What came and was not taken. */
  names() {
    return this.#told.map(({ name }) => name);
  }

  async create(hostName) {
    this.say('create-room', { hostName });
    const created = await this.next('room-created');
    const joined = await this.next('room-joined');
    return { ...created, user: joined.user, joined };
  }

  async join(roomId, userName, more = {}) {
    this.say('join-room', { roomId, userName, ...more });
    return this.next('room-joined');
  }

  async refusedToJoin(roomId, userName, more = {}) {
    this.say('join-room', { roomId, userName, ...more });
    return (await this.next('room-error')).error;
  }

  leaveTheHouse() {
    this.socket.disconnect();
  }
}
