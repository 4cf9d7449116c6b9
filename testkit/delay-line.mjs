// A one-way line with delays: everything comes out in the order it went in, each item after its own delay, as in TCP.

export class DelayLine {
  #queue = [];
  #lastDue = -Infinity;

  /**
   * @param delay returns the delay of the next item, ms
   * @param now a monotonic clock, ms
   */
  constructor(delay, now) {
    this.delay = delay;
    this.now = now;
  }

  /**
   * Puts an item in; `deliver` is called when it comes out. An item waits for a slow one before it.
   *
   * @param transmissionMs how long the line is occupied by this item alone
   */
  push(deliver, transmissionMs = 0) {
    const due = Math.max(this.#lastDue, this.now() + Math.max(0, this.delay())) + transmissionMs;
    this.#lastDue = due;
    this.#queue.push({ due, deliver });
  }

  /** The number of items in it. */
  get length() {
    return this.#queue.length;
  }

  /** When the next item comes out; infinite when the line is empty. */
  get nextDue() {
    return this.#queue[0]?.due ?? Infinity;
  }

  /** Delivers everything that is due, or will be within the tolerance. */
  deliverDue(toleranceMs = 0) {
    const now = this.now() + toleranceMs;
    while (this.#queue.length > 0 && this.#queue[0].due <= now) this.#queue.shift().deliver();
  }

  /** Forgets everything that has not come out. */
  clear() {
    this.#queue = [];
  }
}
