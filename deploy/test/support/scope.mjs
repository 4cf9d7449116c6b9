// Cleaning up at the end of a group of tests; the context of a test does the same for one.
export class Scope {
  #undo = [];

  after(run) {
    this.#undo.push(run);
  }

  /** Undoes everything, the newest first. */
  async close() {
    for (const run of this.#undo.reverse()) await run();
  }
}
