/** Submits chat messages to the outbox and reports typing. */
import { cleanMessage } from '../protocol/rules';
import type { ChatOutbox } from './chat-outbox';

export interface ChatInputPorts {
  outbox: ChatOutbox;
  send(name: 'typing-start' | 'typing-stop'): void;
  after(ms: number, run: () => void): () => void;
}

const TYPING_REPEAT_MS = 2500;
const TYPING_END_MS = 4000;

export function createChatInput({ outbox, send, after }: ChatInputPorts) {
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
    /** Returns false when there is nothing to send. */
    submit(raw: string): boolean {
      const text = cleanMessage(raw);
      if (text === null) return false;
      stopTyping();
      outbox.enqueue(text);
      return true;
    },
    retry: (key: string) => outbox.retry(key),
    discard: (key: string) => outbox.discard(key),
    /** Called at each key press in the composer; `empty` when no text is left. */
    onTyping(empty: boolean): void {
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

export type ChatInput = ReturnType<typeof createChatInput>;
