// A client of the base contract, without extensions: joins again under its name after each lost connection.
import { Client } from './client.mjs';

export class StockClient extends Client {
  #entering = false;

  constructor({ options, ...rest }) {
    super({ ...rest, kind: 'stock', options });
    this.socket.on('room-created', ({ roomId, hostToken }) => Object.assign(this, { roomId, hostToken }));
    this.socket.on('room-joined', (joined) => {
      this.#entering = false;
      this.takeSeat(joined);
      for (const message of joined.messages) this.record(message, 'joined');
    });
    this.socket.on('new-message', ({ message }) => this.record(message, 'live'));
    this.socket.on('room-error', () => {
      if (!this.#entering) return;
      // A user reads the error and tries once more.
      this.#entering = false;
      this.later(() => this.connected());
    });
  }

  /** Sends a message once. Acknowledgements are no part of the base contract; asking for one is the only addition here. */
  sendMessage(body, onAcknowledged) {
    this.attempt(body, { roomId: this.roomId, message: body }, (answer) => {
      if (answer.ok) onAcknowledged(answer);
    });
  }

  connected() {
    if (!this.socket.connected || this.seated || this.#entering) return;
    this.#entering = true;
    if (this.roomId === null) {
      this.socket.emit('create-room', { hostName: this.name });
      return;
    }
    const payload = { roomId: this.roomId, userName: this.name, ...this.proof };
    if (this.hostToken !== null) payload.hostToken = this.hostToken;
    this.socket.emit('join-room', payload);
  }

  disconnected() {
    this.#entering = false;
  }
}
