/** Which messages are over the picture now: new ones, and ones whose place in the film has come. */
import { effect, signal, untracked } from '@preact/signals';
import type { ChatStore, Entry } from '../chat/chat-store';
import type { Setting } from './over-film-settings';

export interface FilmMessagesPorts {
  chat: Pick<ChatStore, 'entries' | 'onArrival'>;
  setting: Setting;
  after(ms: number, run: () => void): () => void;
}

/** A message over the picture. */
export interface OverFilmMessage {
  /** The key of its entry in the chat. */
  key: string;
  /** Whether it is an older one that stands at its place in the film. */
  replayed: boolean;
}

export const MESSAGE_SHOWN_MS = 6000;
export const MESSAGES_MAX = 4;

/** Returns the newest entry when it is a message that this viewer has just sent. */
function justSent(entries: readonly Entry[]): string | null {
  const last = entries.at(-1);
  return last?.kind === 'pending' && last.state === 'sending' ? last.key : null;
}

export function createFilmMessages({ chat, setting, after }: FilmMessagesPorts) {
  const shown = signal<readonly OverFilmMessage[]>([]);
  const cancel = new Map<string, () => void>();
  let own: string | null = justSent(chat.entries.peek());

  function remove(key: string): void {
    cancel.get(key)?.();
    cancel.delete(key);
    shown.value = shown.peek().filter((one) => one.key !== key);
  }

  function show(key: string, replayed: boolean): void {
    remove(key);
    const list = [...shown.peek(), { key, replayed }];
    for (const one of list.slice(0, -MESSAGES_MAX)) remove(one.key);
    shown.value = list.slice(-MESSAGES_MAX);
    cancel.set(
      key,
      after(MESSAGE_SHOWN_MS, () => remove(key)),
    );
  }

  chat.onArrival((message) => {
    if (setting.on.peek()) show(message.id, false);
  });
  effect(() => {
    const key = justSent(chat.entries.value);
    untracked(() => {
      if (key !== null && key !== own && setting.on.peek()) show(key, false);
      own = key ?? own;
    });
  });

  return { shown, show };
}
