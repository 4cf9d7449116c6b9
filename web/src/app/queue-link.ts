/** Passes the queue of the room to its code, which loads after a room with a queue has been entered. */
import { signal } from '@preact/signals';
import type { Queue, QueueInput } from '../queue/queue';
import { loadOnce } from './load-once';

export function createQueueLink(load: () => Promise<Queue>) {
  /** Whether the room has a queue; an older server knows none. */
  const present = signal(false);
  /** What arrived before the code. */
  let early: QueueInput[] = [];
  const { loaded, start } = loadOnce(async () => {
    const queue = await load();
    for (const input of early) queue.accept(input);
    early = [];
    return queue;
  });

  return {
    /** Null until its code has loaded. */
    loaded,
    present,
    accept(input: QueueInput): void {
      if ('snapshot' in input) present.value = input.snapshot !== null;
      if (loaded.peek() !== null) loaded.peek()!.accept(input);
      else if (present.value) {
        early.push(input);
        void start();
      } else early = [];
    },
  };
}
