// Stock Socket.IO clients, each from an address of the loopback of its own.
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { until } from './process.mjs';

const { io } = createRequire(new URL('../../../web/package.json', import.meta.url))('socket.io-client');

/** The address of a visitor, 1 to 200. */
export const addressOf = (number) => `127.0.7.${number}`;

export class Visitor {
  /** Reasons of ends and failed tries, in order. */
  troubles = [];

  /** @param options of the client, such as transports and extraHeaders */
  constructor(t, origin, address, options) {
    // As without an agent: a connection for each request, so that each one meets the proxy's choice anew.
    this.agent = new Agent({ localAddress: address, keepAlive: false });
    this.socket = io(origin, { path: '/api/socket/io', forceNew: true, agent: this.agent, ...options });
    this.socket.on('disconnect', (reason) => this.troubles.push(reason));
    this.socket.on('connect_error', (error) => this.troubles.push(error.description?.message ?? error.message));
    t.after(() => this.leave());
  }

  leave() {
    this.socket.disconnect();
    this.agent.destroy();
  }

  connected(msMax) {
    return until(
      () => `connected; troubles: ${this.troubles}`,
      () => this.socket.connected,
      msMax,
    );
  }

  get transport() {
    return this.socket.io.engine.transport.name;
  }

  ask(event, payload) {
    return this.socket.timeout(5_000).emitWithAck(event, payload);
  }

  /** Opens a room; gives its id. */
  async room() {
    const answer = await this.ask('create-room', { hostName: 'Ana' });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.roomId;
  }

  /** Says so many things, one after the other; gives how many were acknowledged. */
  async chat(roomId, count) {
    let acknowledged = 0;
    for (let i = 0; i < count; i++) {
      const answer = await this.ask('send-message', { roomId, message: `line ${i}` });
      if (answer.ok) acknowledged++;
    }
    return acknowledged;
  }
}

/** So many visitors, each from an address of its own, all connected. */
export async function visitors(t, origin, count, options) {
  const all = Array.from({ length: count }, (_, i) => new Visitor(t, origin, addressOf(i + 1), options));
  await Promise.all(all.map((visitor) => visitor.connected()));
  return all;
}
