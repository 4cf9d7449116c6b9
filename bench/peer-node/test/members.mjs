// A peer in a process of its own, and stock clients that await its events one by one.
import { fileURLToPath } from 'node:url';
import { Client } from '../../../testkit/clients/client.mjs';
import { EventLog } from '../../../testkit/clients/event-log.mjs';
import { Server } from '../../../testkit/server.mjs';

const SERVER = fileURLToPath(new URL('../server.mjs', import.meta.url));

export function startedPeer(words, environment = {}) {
  const command = [process.execPath, SERVER];
  return Server.started({ command, words, environment: { NODE_ENV: 'production', ...environment }, readyPath: '/health' });
}

export class Member extends Client {
  constructor(url, transports = ['websocket']) {
    super({ urls: [url], options: { transports, reconnection: false } });
    this.events = new EventLog(this.socket);
    this.socket.connect();
  }

  send(name, payload) {
    this.socket.emit(name, payload);
  }

  next(name) {
    return this.events.next(name);
  }

  async create(hostName) {
    this.send('create-room', { hostName });
    const created = await this.next('room-created');
    const joined = await this.next('room-joined');
    return { ...created, user: joined.user, joined };
  }

  async join(roomId, userName, more = {}) {
    this.send('join-room', { roomId, userName, ...more });
    return this.next('room-joined');
  }

  /** Tries to join, and returns the error. */
  async rejectedJoin(roomId, userName, more = {}) {
    this.send('join-room', { roomId, userName, ...more });
    return (await this.next('room-error')).error;
  }
}
