// One Engine.IO session over a websocket, as an attacker holds it: it answers pings, and forgets what it is sent.
import { BINARY, CLOSE, FrameReader, frame, PING, TEXT } from '../../runner/frames.mjs';

const OPEN_MS_MAX = 5000;
const WAITING_BYTES_MAX = 2 << 20;

const upgradeHead = (path, headers) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
    '',
    '',
  ].join('\r\n');

export class AttackSocket {
  closed = false;
  #reader = new FrameReader();
  #waiters = [];

  /** @param tcp an open connection whose upgrade has been answered with 101 */
  constructor(field, tcp) {
    Object.assign(this, { field, tcp });
    tcp.on('data', (piece) => this.received(piece));
    tcp.on('close', () => {
      this.closed = true;
      for (const { resolve } of this.#waiters.splice(0)) resolve(null);
    });
  }

  received(piece) {
    for (const { opcode, payload } of this.#reader.push(piece)) {
      if (opcode === CLOSE) this.tcp.end();
      if (opcode !== TEXT) continue;
      const text = payload.toString();
      if (text === '2') this.send('3');
      this.field.countAnswer(text);
      const at = this.#waiters.findIndex(({ wanted }) => wanted(text));
      if (at >= 0) this.#waiters.splice(at, 1)[0].resolve(text);
    }
  }

  /** Returns the next text that matches; null when the connection ends or the time is over. */
  next(wanted, withinMs = OPEN_MS_MAX) {
    if (this.closed) return Promise.resolve(null);
    return new Promise((resolve) => {
      const waiter = { wanted, resolve };
      this.#waiters.push(waiter);
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(null);
      }, this.field.within(withinMs));
      timer.unref();
    });
  }

  send(text) {
    this.raw(frame(TEXT, text));
  }

  sendBinary(bytes) {
    this.raw(frame(BINARY, bytes));
  }

  ping(bytes) {
    this.raw(frame(PING, bytes));
  }

  raw(bytes) {
    if (this.closed || !this.tcp.writable) return;
    this.field.count('bytes sent', bytes.length);
    this.tcp.write(bytes);
  }

  /** Waits until the server takes what was sent: an attacker's own memory is no part of the attack. */
  async flushed() {
    while (!this.closed && this.tcp.writableLength > WAITING_BYTES_MAX && !this.field.over) await this.field.rest(5);
  }

  /** Enters the default namespace; gives whether the server took it. */
  async enter(auth = '') {
    const answer = this.next((text) => text.startsWith('40') || text.startsWith('44'));
    this.send(`40${auth}`);
    return (await answer)?.startsWith('40') === true;
  }

  end() {
    this.tcp.resetAndDestroy();
  }
}

/** Opens a session; null when it is refused, in whatever way. */
export async function openWebsocket(field, { address, headers = [], query = 'EIO=4&transport=websocket' } = {}) {
  const tcp = await field.connect({ address });
  if (tcp === null) return null;
  const head = await new Promise((resolve) => {
    let text = '';
    const done = (value) => {
      clearTimeout(timer);
      tcp.off('data', onData);
      tcp.off('close', onClose);
      resolve(value);
    };
    const onClose = () => done(null);
    const onData = (piece) => {
      text += piece.toString('latin1');
      if (text.includes('\r\n\r\n')) done(text);
    };
    const timer = setTimeout(() => done(null), field.within(OPEN_MS_MAX));
    tcp.on('data', onData);
    tcp.on('close', onClose);
    tcp.write(upgradeHead(`/api/socket/io/?${query}`, headers));
  });
  if (head === null || !head.startsWith('HTTP/1.1 101')) {
    field.count(head === null ? 'upgrades without an answer' : `upgrades answered ${head.slice(9, 12)}`);
    tcp.resetAndDestroy();
    return null;
  }
  field.count('websockets');
  const socket = new AttackSocket(field, tcp);
  const opened = socket.next((text) => text.startsWith('0'));
  const rest = head.slice(head.indexOf('\r\n\r\n') + 4);
  if (rest.length > 0) socket.received(Buffer.from(rest, 'latin1'));
  await opened;
  return socket;
}
