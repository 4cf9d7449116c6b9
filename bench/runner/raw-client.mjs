// One member on a websocket, with as little of its own as can be: it answers pings, and knows the answers to what it asks.
import { connect } from 'node:net';
import { FrameReader, TEXT, frame } from './frames.mjs';

const UPGRADE =
  'GET /api/socket/io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n' +
  'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
const HEAD_END = '\r\n\r\n';

export class RawClient {
  /** Bytes of all messages so far. */
  received = 0;
  #reader = null;
  #waiting = new Map();
  #asked = 0;

  /** Resolves to a client that is in the default namespace. */
  static async connected(port) {
    const client = new RawClient();
    await new Promise((resolve, reject) => {
      client.entered = resolve;
      client.socket = connect(port, '127.0.0.1', () => client.socket.write(UPGRADE));
      client.socket.on('error', reject);
      client.socket.on('data', (bytes) => client.#read(bytes));
    });
    return client;
  }

  #read(bytes) {
    let piece = bytes;
    if (this.#reader === null) {
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) return;
      this.#reader = new FrameReader();
      piece = bytes.subarray(end + HEAD_END.length);
    }
    for (const { opcode, payload } of this.#reader.push(piece)) if (opcode === TEXT) this.#heard(payload);
  }

  #heard(content) {
    this.received += content.length;
    const start = content.toString('latin1', 0, 12);
    if (start === '2') this.#send('3');
    else if (start.startsWith('0')) this.#send('40');
    else if (start.startsWith('40')) this.entered();
    else {
      const number = /^43(\d+)/.exec(start)?.[1];
      this.#waiting.get(Number(number))?.(content);
      this.#waiting.delete(Number(number));
    }
  }

  #send(text) {
    this.socket.write(frame(TEXT, text));
  }

  /** Sends an event; returns the content of its answer, for readers of many large ones. */
  askRaw(name, payload) {
    const number = this.#asked++;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#send(`42${number}${JSON.stringify([name, payload])}`);
    });
  }

  /** Sends an event; returns its answer, which has to be a success. */
  async ask(name, payload) {
    const content = await this.askRaw(name, payload);
    const answer = JSON.parse(content.toString().replace(/^43\d+/, ''))[0];
    if (answer.ok !== true) throw new Error(`${name} was rejected: ${JSON.stringify(answer)}`);
    return answer;
  }

  close() {
    this.socket.destroy();
  }
}
