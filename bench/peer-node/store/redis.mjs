// Rooms in Redis as the original keeps them: the whole room as one JSON text under room:{ID}, read and written as a whole; chat as a list under
// chat:{ID}; both live 24 h from their last write; active-rooms is the set of ids.
import { Redis } from 'ioredis';

const LIFE_SECONDS = 24 * 60 * 60;

export class RedisStore {
  #redis;
  #history;

  constructor(url, history) {
    this.#redis = new Redis(url, { keepAlive: 30_000, lazyConnect: true });
    this.#redis.on('error', () => undefined); // the failed command reports it
    this.#history = history;
  }

  async open() {
    await this.#redis.connect();
  }

  async close() {
    this.#redis.disconnect();
  }

  async has(id) {
    return (await this.#redis.exists(`room:${id}`)) === 1;
  }

  async create(room) {
    await this.#redis.setex(`room:${room.id}`, LIFE_SECONDS, JSON.stringify(room));
    await this.#redis.sadd('active-rooms', room.id);
  }

  async read(id) {
    const text = await this.#redis.get(`room:${id}`);
    return text === null ? null : JSON.parse(text);
  }

  async write(room) {
    await this.#redis.setex(`room:${room.id}`, LIFE_SECONDS, JSON.stringify(room));
  }

  async remove(id) {
    await this.#redis.del(`room:${id}`, `chat:${id}`);
    await this.#redis.srem('active-rooms', id);
  }

  async addMessage(id, message) {
    const key = `chat:${id}`;
    await this.#redis
      .pipeline()
      .lpush(key, JSON.stringify(message))
      .ltrim(key, 0, this.#history - 1)
      .expire(key, LIFE_SECONDS)
      .exec();
  }

  /** Oldest first. */
  async messages(id) {
    const texts = await this.#redis.lrange(`chat:${id}`, 0, this.#history - 1);
    return texts.map((text) => JSON.parse(text)).reverse();
  }
}
