/** Submits chat messages to the outbox, also as replies and edits, and reports typing. */
import { signal } from '@preact/signals';
import { quotedBy } from '../chat/chat-entries';
import type { ChatMessage } from '../protocol/chat';
import { cleanMessage } from '../protocol/rules';
import type { ChatOutbox } from './chat-outbox';

export interface ChatInputPorts {
  outbox: ChatOutbox;
  send(name: 'typing-start' | 'typing-stop'): void;
  after(ms: number, run: () => void): () => void;
  /** Sends the new text of a message; resolves to whether the server accepted it. */
  edit(messageId: string, text: string): Promise<boolean>;
}

/** The message that is answered or edited. */
export interface ChatTarget {
  kind: 'reply' | 'edit';
  message: ChatMessage;
}

const TYPING_REPEAT_MS = 2500;
const TYPING_END_MS = 4000;

export function createChatInput({ outbox, send, after, edit }: ChatInputPorts) {
  const target = signal<ChatTarget | null>(null);
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

  /** Takes the target back when the server rejects the edit, unless something else was begun meanwhile. */
  async function submitEdit(edited: ChatTarget, text: string): Promise<void> {
    if (text === edited.message.message) return;
    const ok = await edit(edited.message.id, text);
    if (!ok && target.peek() === null) target.value = { kind: 'edit', message: { ...edited.message, message: text } };
  }

  return {
    target,
    /** Returns false when there is nothing to send. */
    submit(raw: string): boolean {
      const text = cleanMessage(raw);
      if (text === null) return false;
      stopTyping();
      const chosen = target.peek();
      target.value = null;
      if (chosen?.kind === 'edit') void submitEdit(chosen, text);
      else outbox.enqueue(text, chosen === null ? null : quotedBy(chosen.message));
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
