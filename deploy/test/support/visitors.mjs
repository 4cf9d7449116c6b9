// Stock Socket.IO clients, each from an address of the loopback of its own.
import { Agent } from 'node:http';
import { Client } from '../../../testkit/clients/client.mjs';
import { until } from '../../../testkit/waiting.mjs';

/** The address of a visitor, 1 to 200. */
export const addressOf = (number) => `127.0.7.${number}`;

export class Visitor extends Client {
  /** @param options of the client, such as transports and extraHeaders */
  constructor(t, origin, address, options) {
    // A connection for each request, so that the proxy chooses anew for each one.
    const agent = new Agent({ localAddress: address, keepAlive: false });
    super({ urls: [origin], options: { agent, reconnectionDelayMax: 5000, ...options } });
    this.agent = agent;
    t.after(() => this.leave());
    this.socket.connect();
  }

  leave() {
    super.leave();
    this.agent.destroy();
  }

  whenConnected() {
    return until(
      () => `connected; interruptions: ${this.interruptions}`,
      () => this.socket.connected,
    );
  }

  get transport() {
    return this.socket.io.engine.transport.name;
  }

  /** Creates a room; returns its id. */
  async createRoom() {
    const answer = await this.request('create-room', { hostName: this.name });
    if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
    return answer.roomId;
  }

  /** Sends so many messages, one after the other; returns how many were acknowledged. */
  async chat(roomId, count) {
    let acknowledged = 0;
    for (let i = 0; i < count; i++) {
      const answer = await this.request('send-message', { roomId, message: `line ${i}` });
      if (answer?.ok) acknowledged++;
    }
    return acknowledged;
  }
}

/** Connects so many visitors, each from an address of its own. */
export async function visitors(t, origin, count, options) {
  const all = Array.from({ length: count }, (_, i) => new Visitor(t, origin, addressOf(i + 1), options));
  await Promise.all(all.map((visitor) => visitor.whenConnected()));
  return all;
}
