// Rooms as objects in a Map: nothing is copied or serialised, so that this is the fastest form of the architecture.
const LIFE_MS = 24 * 60 * 60 * 1000;
const SWEEP_MS = 60_000;

export class MemoryStore {
  #rooms = new Map();
  #history;
  #sweep;

  constructor(history) {
    this.#history = history;
  }

  async open() {
    this.#sweep = setInterval(() => this.#forgetExpired(), SWEEP_MS).unref();
  }

  async close() {
    clearInterval(this.#sweep);
  }

  #entry(id) {
    const entry = this.#rooms.get(id);
    return entry !== undefined && entry.expiresAt > Date.now() ? entry : undefined;
  }

  #forgetExpired() {
    for (const [id, { expiresAt }] of this.#rooms) if (expiresAt <= Date.now()) this.#rooms.delete(id);
  }

  async has(id) {
    return this.#entry(id) !== undefined;
  }

  async create(room) {
    this.#rooms.set(room.id, { room, messages: [], expiresAt: Date.now() + LIFE_MS });
  }

  async read(id) {
    return this.#entry(id)?.room ?? null;
  }

  async write(room) {
    const entry = this.#entry(room.id);
    if (entry === undefined) return;
    entry.room = room;
    entry.expiresAt = Date.now() + LIFE_MS;
  }

  async remove(id) {
    this.#rooms.delete(id);
  }

  async addMessage(id, message) {
    const messages = this.#entry(id)?.messages;
    if (messages === undefined) return;
    messages.push(message);
    if (messages.length > this.#history) messages.shift();
  }

  /** Oldest first. */
  async messages(id) {
    return this.#entry(id)?.messages ?? [];
  }
}
