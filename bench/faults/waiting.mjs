// Waiting for something to be so.
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again and again until the answer is true; fails with that text after so many ms. */
export async function until(holds, withinMs, otherwise, everyMs = 100) {
  const end = performance.now() + withinMs;
  for (;;) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error(typeof otherwise === 'function' ? otherwise() : otherwise);
    await pause(everyMs);
  }
}
