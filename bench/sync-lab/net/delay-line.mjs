// One direction of a line: everything comes out in the order it went in, each after its own delay.

export class DelayLine {
  #queue = [];
  #lastDue = -Infinity;

  /**
   * @param delay gives the delay of the next thing in ms
   * @param now a monotonic clock in ms
   */
  constructor(delay, now) {
    this.delay = delay;
    this.now = now;
  }

  /** Puts something in; `deliver` is called when it comes out. What is behind a slow thing waits for it, as in TCP. */
  push(deliver) {
    const due = Math.max(this.#lastDue, this.now() + Math.max(0, this.delay()));
    this.#lastDue = due;
    this.#queue.push({ due, deliver });
  }

  /** When the next thing comes out; infinite when the line is empty. */
  get nextDue() {
    return this.#queue[0]?.due ?? Infinity;
  }

  deliverDue() {
    const now = this.now();
    while (this.#queue.length > 0 && this.#queue[0].due <= now) this.#queue.shift().deliver();
  }
}

const SPIN_MS = 2.5;

/**
 * Delivers on time. Timers of Node are coarse (1 ms, and late), so the last stretch is a loop of immediates, which still lets
 * the sockets in between have their turn.
 */
export class Dispatcher {
  #lines = [];
  #armed = null;
  #spinning = false;

  constructor(now) {
    this.now = now;
  }

  line(delay) {
    const line = new DelayLine(delay, this.now);
    this.#lines.push(line);
    return {
      push: (deliver) => {
        line.push(deliver);
        this.#arm();
      },
    };
  }

  #arm() {
    if (this.#spinning) return;
    const due = Math.min(...this.#lines.map((line) => line.nextDue));
    if (due === Infinity) return;
    clearTimeout(this.#armed);
    const left = due - this.now();
    if (left > SPIN_MS) {
      this.#armed = setTimeout(() => this.#arm(), Math.floor(left - SPIN_MS / 2) - 1);
    } else {
      this.#spinning = true;
      setImmediate(() => this.#spin());
    }
  }

  #spin() {
    this.#spinning = false;
    for (const line of this.#lines) line.deliverDue();
    this.#arm();
  }
}
