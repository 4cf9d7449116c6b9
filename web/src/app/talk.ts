/** Sending: what the person writes goes to the outbox, and that they write is told. */
import { cleanMessage } from '../protocol/rules';
import type { Outbox } from './outbox';

export interface TalkPorts {
  outbox: Outbox;
  send(name: 'typing-start' | 'typing-stop'): void;
  after(ms: number, run: () => void): () => void;
}

const TYPING_REPEAT_MS = 2500;
const TYPING_END_MS = 4000;

export function createTalk({ outbox, send, after }: TalkPorts) {
  let typing = false;
  let mayRepeat = true;
  let cancelEnd: (() => void) | null = null;

  function stopTyping(): void {
    cancelEnd?.();
    cancelEnd = null;
    if (typing) send('typing-stop');
    typing = false;
    mayRepeat = true;
  }

  return {
    /** False when there is nothing to send. */
    say(raw: string): boolean {
      const text = cleanMessage(raw);
      if (text === null) return false;
      stopTyping();
      outbox.put(text);
      return true;
    },
    again: (key: string) => outbox.again(key),
    discard: (key: string) => outbox.discard(key),
    /** A key was pressed in the composer; `empty` when nothing is left there. */
    typed(empty: boolean): void {
      if (empty) {
        stopTyping();
        return;
      }
      cancelEnd?.();
      cancelEnd = after(TYPING_END_MS, stopTyping);
      if (!typing || mayRepeat) {
        typing = true;
        mayRepeat = false;
        send('typing-start');
        after(TYPING_REPEAT_MS, () => (mayRepeat = true));
      }
    },
  };
}

export type Talk = ReturnType<typeof createTalk>;
