/** The actions of the message under the mouse or with the focus. Keys and fingers use the menu instead. */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ChatActions } from '../app/chat-actions';
import type { MessageEntry } from '../chat/chat-store';
import { REPLY_PATH } from './chat-entry';
import { useApp } from './context';
import { Drawing, Icon } from './icons';
import { FIRST_EMOJI, hasReacted, useMessageRights } from './message-actions';
import { messageElement } from './show-message';

export const SMILE_PATH = 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.1M15 9.5v.1';

export interface MessageToolbarProps {
  log: RefObject<HTMLDivElement | null>;
  entry: MessageEntry | null;
  actions: ChatActions;
  onMore: (messageId: string) => void;
  onEmoji: (messageId: string) => void;
  onLeave: () => void;
}

const HEIGHT_PX = 36;

export function MessageToolbar({ log, entry, actions, onMore, onEmoji, onLeave }: MessageToolbarProps) {
  const { chatInput, room } = useApp();
  const message = entry?.message;
  const rights = useMessageRights(message);
  const top = useSignal<number | null>(null);
  const id = message?.id;

  // After every drawing of the chat, because a new entry may have moved the message.
  useLayoutEffect(() => {
    const element = log.current === null || id === undefined ? null : messageElement(log.current, id);
    const frame = log.current?.getBoundingClientRect();
    top.value =
      element === null || frame === undefined
        ? null
        : Math.max(0, element.getBoundingClientRect().top - frame.top - HEIGHT_PX / 2);
  });

  if (message === undefined || id === undefined || top.value === null || !rights.react) return null;
  return (
    <div
      class="message-tools"
      role="toolbar"
      aria-label={`Actions for the message of ${message.userName}`}
      style={{ top: `${top.value}px` }}
      onPointerLeave={onLeave}
      // The focus stays where it is; the menu has the same for the keyboard.
      onPointerDown={(event) => event.preventDefault()}
    >
      {FIRST_EMOJI.map((emoji) => {
        const chosen = hasReacted(message, emoji, room.meId.value);
        return (
          <button
            key={emoji}
            type="button"
            class="message-tool"
            tabIndex={-1}
            aria-label={`React with ${emoji}`}
            aria-pressed={chosen}
            onClick={() => void actions.react(id, emoji, !chosen)}
          >
            {emoji}
          </button>
        );
      })}
      <button
        type="button"
        class="message-tool"
        tabIndex={-1}
        aria-label="React with another emoji"
        title="Another emoji"
        onClick={() => onEmoji(id)}
      >
        <Drawing path={SMILE_PATH} />
      </button>
      {rights.reply && (
        <button
          type="button"
          class="message-tool"
          tabIndex={-1}
          aria-label="Reply"
          title="Reply"
          onClick={() => (chatInput.target.value = { kind: 'reply', message })}
        >
          <Drawing path={REPLY_PATH} />
        </button>
      )}
      <button type="button" class="message-tool" tabIndex={-1} aria-label="More" title="More" onClick={() => onMore(id)}>
        <Icon name="more" />
      </button>
    </div>
  );
}
