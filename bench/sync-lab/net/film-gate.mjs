// The throttled video of a page that is going to stall: its player has only some seconds in its buffer.

const AT_ONCE_BYTES = 48 * 1024;
/** Half as much again as the sample film needs (5.4 kB/s). */
const BYTES_PER_S = 8000;
const STEP_MS = 50;

export class FilmGate {
  #held = false;

  hold(held) {
    this.#held = held;
  }

  carry(from, to) {
    let allowed = AT_ONCE_BYTES;
    let waiting = Buffer.alloc(0);
    let ended = false;
    from.on('data', (bytes) => (waiting = Buffer.concat([waiting, bytes])));
    from.on('end', () => (ended = true));
    let wasHeld = false;
    const step = () => {
      if (this.#held) {
        wasHeld = true;
        return;
      }
      // One stall is asked for, so after it there is enough in hand for no second one.
      if (wasHeld) allowed = AT_ONCE_BYTES;
      wasHeld = false;
      const size = Math.min(waiting.length, Math.floor(allowed));
      if (size > 0) to.write(waiting.subarray(0, size));
      waiting = waiting.subarray(size);
      allowed += (BYTES_PER_S * STEP_MS) / 1000 - size;
      if (ended && waiting.length === 0) to.end();
    };
    const timer = setInterval(step, STEP_MS);
    to.on('close', () => {
      clearInterval(timer);
      from.destroy();
    });
    step();
  }
}
