// A client as it was written for the original: no extension, joins again under its name when its connection is back.
import { Person } from './person.mjs';

export class StockPerson extends Person {
  #entering = false;

  constructor(options) {
    super({ ...options, kind: 'stock', options: {} });
    this.socket.on('room-created', ({ roomId, hostToken }) => Object.assign(this, { roomId, hostToken }));
    this.socket.on('room-joined', (joined) => {
      this.#entering = false;
      this.sat(joined);
      for (const message of joined.messages) this.hear(message, 'joined');
    });
    this.socket.on('new-message', ({ message }) => this.hear(message, 'live'));
    this.socket.on('room-error', () => {
      if (!this.#entering) return;
      // A person reads the error and tries once more.
      this.#entering = false;
      this.soon(() => this.connected());
    });
  }

  /** Says it once. There are no acknowledgements in the original; asking for one is the one thing that is added here. */
  say(body, acknowledged) {
    this.emit(body, { roomId: this.roomId, message: body }, (answer) => {
      if (answer.ok) acknowledged(answer);
    });
  }

  connected() {
    if (!this.socket.connected || this.seated || this.#entering) return;
    this.#entering = true;
    if (this.roomId === null) {
      this.socket.emit('create-room', { hostName: this.name });
      return;
    }
    const payload = { roomId: this.roomId, userName: this.name };
    if (this.hostToken !== null) payload.hostToken = this.hostToken;
    this.socket.emit('join-room', payload);
  }

  lost() {
    this.#entering = false;
  }
}
