/**
 * Own messages on their way: in order, one at a time, and each until the server has said yes or a lasting no. Every try carries the
 * same id, so a message whose answer was lost is not said twice.
 */
import type { ChatStore, Pending } from '../chat/chat-store';
import type { Ack } from '../protocol/messages';
import { backoff } from '../net/backoff';

export interface OutboxPorts {
  chat: ChatStore;
  ask(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  chance(): number;
  newId(): string;
  /** Whether there is a seat in a room, and a line to it. */
  isOpen(): boolean;
  /** The server does not know this page as a member of the room. */
  onStranger(): void;
}

/** A message that is not there by then is worth a word. */
const SLOW_AFTER_MS = 700;
const RETRY_MS = [500, 1000, 2000, 4000, 8000] as const;
/** The server failed so often over the same message: it will not get better by itself. */
const FAULTS_MAX = 5;

export function createOutbox({ chat, ask, after, chance, newId, isOpen, onStranger }: OutboxPorts) {
  const pause = backoff(RETRY_MS, chance);
  /** The message that is being asked about. */
  let asking: string | null = null;
  let cancelRetry: (() => void) | null = null;
  let faults = 0;

  function queue(): Pending[] {
    return chat.entries
      .peek()
      .filter((entry) => entry.kind === 'pending')
      .filter(({ state }) => state !== 'said' && state !== 'failed');
  }

  /** Nobody can tell when they will go out: that is said. */
  function putOff(): void {
    for (const { key } of queue()) chat.setPending(key, 'waiting');
  }

  function pump(): void {
    if (asking !== null || cancelRetry !== null) return;
    const [first] = queue();
    if (first === undefined) return;
    if (isOpen()) void deliver(first);
    else putOff();
  }

  async function deliver({ key, id, text }: Pending): Promise<void> {
    asking = key;
    const ack = await ask('send-message', { message: text, messageId: id });
    asking = null;
    // Gone meanwhile: it came by another way, or the room was left.
    if (chat.pendingAt(key) !== null) answered(key, id, ack);
    pump();
  }

  function answered(key: string, id: string, ack: Ack): void {
    if (ack.ok) {
      calm();
      chat.confirmPending(key, typeof ack['messageId'] === 'string' ? ack['messageId'] : id);
      return;
    }
    const stranger = ack.code === 'not_authenticated';
    if (stranger || ack.code === 'internal') faults++;
    if ((ack.retryable || stranger) && faults < FAULTS_MAX) {
      putOff();
      cancelRetry = after(pause.next(), hurry);
      if (stranger) onStranger();
      return;
    }
    calm();
    chat.setPending(key, 'failed', ack.error);
  }

  function calm(): void {
    faults = 0;
    pause.reset();
  }

  function hurry(): void {
    cancelRetry?.();
    cancelRetry = null;
    pump();
  }

  return {
    put(text: string): void {
      const key = chat.addPending(newId(), text);
      after(SLOW_AFTER_MS, () => {
        if (chat.pendingAt(key)?.state === 'sending') chat.setPending(key, 'slow');
      });
      pump();
    },
    /** Messages of this page's former life. */
    restore(unsent: readonly { id: string; text: string }[]): void {
      for (const { id, text } of unsent) if (!chat.isThere(id)) chat.addPending(id, text, 'waiting');
    },
    again(key: string): void {
      chat.setPending(key, 'sending');
      hurry();
    },
    discard: (key: string) => chat.dropPending(key),
    /** The line or the room is back: what waits goes out now. */
    wake(): void {
      pause.reset();
      hurry();
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
