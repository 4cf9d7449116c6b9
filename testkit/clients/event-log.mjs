// The events that a socket receives, to be taken one by one by their names.
const EVENT_MS_MAX = 10_000;

export class EventLog {
  #events = [];
  #waiting = new Set();

  /** @param socket of socket.io-client, before it is connected */
  constructor(socket, { withinMs = EVENT_MS_MAX } = {}) {
    this.withinMs = withinMs;
    socket.onAny((name, payload) => {
      this.#events.push({ name, payload });
      for (const look of [...this.#waiting]) look();
    });
  }

  /** Takes the next event of that name and returns its payload. */
  next(name) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.#events.findIndex((event) => event.name === name);
        if (at < 0) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.#events.splice(at, 1)[0].payload);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no ${name} within ${this.withinMs} ms, but ${JSON.stringify(this.#events)}`));
      }, this.withinMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** Returns whether an event of that name was received and not taken. */
  has(name) {
    return this.names().includes(name);
  }

  /** The names of the events that were received and not taken, in order. */
  names() {
    return this.#events.map(({ name }) => name);
  }
}
