// Newcomers during an attack: each loads the page, creates a room, joins the room of others, and leaves.
import { get } from 'node:http';
import { Client } from '../../../testkit/clients/client.mjs';
import { pause } from '../../../testkit/waiting.mjs';
import { addressOf } from './audience.mjs';

const ANSWER_MS_MAX = 8000;
const EVERY_MS = 1500;

export class Newcomers {
  #going = false;
  #count = 0;
  #done = Promise.resolve();

  /**
   * @param network of the loopback, within which each has another address
   * @param roomId of the room that they join
   */
  constructor({ port, network, roomId, recorder }) {
    Object.assign(this, { port, network, roomId, recorder });
  }

  start() {
    this.#going = true;
    this.#done = this.#come();
  }

  async stop() {
    this.#going = false;
    await this.#done;
  }

  async #come() {
    const visits = new Set();
    while (this.#going) {
      const visit = this.#visit(this.#count++).finally(() => visits.delete(visit));
      visits.add(visit);
      await pause(EVERY_MS);
    }
    await Promise.all(visits);
  }

  async #visit(n) {
    const at = performance.now();
    const name = `Newcomer ${n}`;
    const localAddress = addressOf(this.network, n);
    const problem = (await this.#page(localAddress)) ?? (await this.#party(name, localAddress));
    if (problem === null) this.recorder.visit(at);
    else this.recorder.refused(at, name, problem);
  }

  #page(localAddress) {
    return new Promise((resolve) => {
      const options = { port: this.port, host: '127.0.0.1', localAddress, agent: false, timeout: ANSWER_MS_MAX };
      const request = get({ ...options, headers: { 'Accept-Encoding': 'gzip, br' } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode === 200 ? null : `the page: ${answer.statusCode}`));
        answer.on('error', ({ code }) => resolve(`the page: ${code}`));
      });
      request.on('timeout', () => {
        resolve('the page: no answer');
        request.destroy();
      });
      request.on('error', ({ code }) => resolve(`the page: ${code}`));
    });
  }

  async #party(name, localAddress) {
    const options = { reconnection: false, timeout: ANSWER_MS_MAX, auth: { resume: true }, localAddress };
    const client = new Client({ name, urls: [`http://127.0.0.1:${this.port}`], options });
    const { socket } = client;
    try {
      const entered = await new Promise((resolve) => {
        socket.on('connect', () => resolve(null));
        socket.on('connect_error', ({ message }) => resolve(`connecting: ${message}`));
        socket.on('disconnect', (why) => resolve(`disconnected: ${why}`));
        socket.connect();
      });
      if (entered !== null) return entered;
      const created = await client.request('create-room', { hostName: name });
      if (created?.ok !== true) return `create-room: ${created?.code ?? 'no answer'}`;
      const left = await client.request('leave-room', { roomId: created.roomId });
      if (left?.ok !== true) return `leave-room: ${left?.code ?? 'no answer'}`;
      const joined = await client.request('join-room', { roomId: this.roomId, userName: name });
      if (joined?.ok !== true) return `join-room: ${joined?.code ?? 'no answer'}`;
      await client.request('leave-room', { roomId: this.roomId });
      return null;
    } finally {
      client.leave();
    }
  }
}
