/**
 * Sends this viewer's chat messages in order, one at a time, and retries until the server accepts or finally rejects
 * each. Every retry carries the same id, so a message is never posted twice.
 */
import type { ChatStore, Pending } from '../chat/chat-store';
import type { Quote } from '../protocol/chat';
import type { Ack } from '../protocol/messages';
import { backoff } from '../net/backoff';
import type { UnsentMessage } from './unsent-messages';

export interface ChatOutboxPorts {
  chat: ChatStore;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  random(): number;
  newId(): string;
  /** Whether the client is connected and in a room. */
  canSend(): boolean;
  /** Called when the server does not know this client as a member of the room. */
  onUnknownMember(): void;
  /** Called when the server has accepted a message. */
  onSent(): void;
  /** Called when slow mode rejects a message until then. */
  onWait(ms: number): void;
}

/** Time after which an unanswered message is shown as slow. */
const SLOW_AFTER_MS = 700;
const RETRY_MS = [500, 1000, 2000, 4000, 8000] as const;
/** Server failures for one message after which it is no longer retried. */
const FAILURES_MAX = 5;
const ANSWERED_GONE = 'the message that you answered is gone.';

export function createChatOutbox(ports: ChatOutboxPorts) {
  const { chat, request, after, random, newId, canSend, onUnknownMember } = ports;
  const pause = backoff(RETRY_MS, random);
  /** Key of the message whose answer is pending. */
  let sendingKey: string | null = null;
  let cancelRetry: (() => void) | null = null;
  let failures = 0;

  function queue(): Pending[] {
    return chat.entries
      .peek()
      .filter((entry) => entry.kind === 'pending')
      .filter(({ state }) => state !== 'acknowledged' && state !== 'failed');
  }

  /** Shows all queued messages as waiting. */
  function markWaiting(): void {
    for (const { key } of queue()) chat.setPending(key, 'waiting');
  }

  function sendNext(): void {
    if (sendingKey !== null || cancelRetry !== null) return;
    const [first] = queue();
    if (first === undefined) return;
    if (canSend()) void deliver(first);
    else markWaiting();
  }

  async function deliver({ key, id, text, replyTo }: Pending): Promise<void> {
    sendingKey = key;
    const answered = replyTo === null ? {} : { replyTo: replyTo.messageId };
    const ack = await request('send-message', { message: text, messageId: id, ...answered });
    sendingKey = null;
    if (ack.ok) {
      ports.onSent();
      resetFailures();
    }
    // The message is gone when its echo arrived first, or when the viewer left the room.
    if (chat.pendingAt(key) !== null) onAnswer(key, id, ack);
    sendNext();
  }

  function onAnswer(key: string, id: string, ack: Ack): void {
    if (ack.ok) {
      chat.confirmPending(key, typeof ack['messageId'] === 'string' ? ack['messageId'] : id);
      return;
    }
    const unknownMember = ack.code === 'not_authenticated';
    if (unknownMember || ack.code === 'internal') failures++;
    if ((ack.retryable || unknownMember) && failures < FAILURES_MAX) {
      markWaiting();
      if (ack.retryInMs !== undefined) ports.onWait(ack.retryInMs);
      cancelRetry = after(ack.retryInMs ?? pause.next(), retryNow);
      if (unknownMember) onUnknownMember();
      return;
    }
    resetFailures();
    if (ack.code === 'message_not_found') {
      // Trying again sends it as an ordinary message.
      chat.dropReply(key);
      chat.setPending(key, 'failed', ANSWERED_GONE);
    } else chat.setPending(key, 'failed', ack.error);
  }

  function resetFailures(): void {
    failures = 0;
    pause.reset();
  }

  function retryNow(): void {
    cancelRetry?.();
    cancelRetry = null;
    sendNext();
  }

  return {
    enqueue(text: string, replyTo: Quote | null = null): void {
      const key = chat.addPending(newId(), text, 'sending', replyTo);
      after(SLOW_AFTER_MS, () => {
        if (chat.pendingAt(key)?.state === 'sending') chat.setPending(key, 'slow');
      });
      sendNext();
    },
    /** Restores the unsent messages of the page before a reload. */
    restore(unsent: readonly UnsentMessage[]): void {
      for (const { id, text, replyTo } of unsent) if (!chat.hasMessage(id)) chat.addPending(id, text, 'waiting', replyTo ?? null);
    },
    retry(key: string): void {
      chat.setPending(key, 'sending');
      retryNow();
    },
    discard: (key: string) => chat.dropPending(key),
    /** Sends queued messages now, because the connection or the room is back. */
    flush(): void {
      pause.reset();
      retryNow();
    },
  };
}

export type ChatOutbox = ReturnType<typeof createChatOutbox>;
