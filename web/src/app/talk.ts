/** Sending: messages with their acks and second tries, and the typing signal. */
import type { ChatStore } from '../chat/chat-store';
import type { Ack } from '../protocol/messages';
import { cleanMessage } from '../protocol/rules';

export interface TalkPorts {
  chat: ChatStore;
  ask(name: string, payload: Record<string, unknown>): Promise<Ack>;
  send(name: 'typing-start' | 'typing-stop'): void;
  after(ms: number, run: () => void): () => void;
}

const TYPING_REPEAT_MS = 2500;
const TYPING_END_MS = 4000;

export function createTalk({ chat, ask, send, after }: TalkPorts) {
  let typing = false;
  let mayRepeat = true;
  let cancelEnd: (() => void) | null = null;

  async function deliver(key: string): Promise<void> {
    const text = chat.pendingText(key);
    if (text === null) return;
    const ack = await ask('send-message', { message: text });
    if (ack.ok) {
      const id = ack['messageId'];
      if (typeof id === 'string') chat.changePending(key, { messageId: id });
      else chat.dropPending(key);
    } else {
      chat.changePending(key, { state: 'failed', problem: ack.code === 'no_line' ? 'Not sent: no connection.' : ack.error });
    }
  }

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
      void deliver(chat.addPending(text));
      return true;
    },
    again(key: string): void {
      chat.changePending(key, { state: 'sending' });
      void deliver(key);
    },
    discard: (key: string) => chat.dropPending(key),
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
    /** The line stands again: what failed for want of it goes out now. */
    lineBack(): void {
      for (const entry of chat.entries.peek()) {
        if (
          entry.kind === 'pending' &&
          entry.state === 'failed' &&
          entry.problem?.startsWith('Not sent: no connection') === true
        ) {
          this.again(entry.key);
        }
      }
    },
  };
}

export type Talk = ReturnType<typeof createTalk>;
