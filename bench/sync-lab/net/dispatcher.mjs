// Delivers what is on several delay lines on time.
import { DelayLine } from '../../../testkit/delay-line.mjs';

const SPIN_MS = 2.5;

/**
 * Delivers on time. Timers of Node are coarse (1 ms, and late), so the last milliseconds are a loop of immediates, between which
 * sockets are still served.
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
