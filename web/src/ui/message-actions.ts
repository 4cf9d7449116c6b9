/** What this viewer may do with a message. */
import { isMine } from '../chat/chat-entries';
import { chatClosedText } from '../app/chat-permission';
import type { ChatMessage } from '../protocol/chat';
import { useApp } from './context';

/** Offered without the picker. */
export const FIRST_EMOJI = ['👍', '❤️', '😂', '😮', '😢'] as const;

export interface MessageRights {
  react: boolean;
  reply: boolean;
  edit: boolean;
  remove: boolean;
}

/** Returns what may be done; nothing where the server knows no more than texts. */
export function useMessageRights(message: ChatMessage | undefined): MessageRights {
  const { chat, chatPermission, room } = useApp();
  const known = chat.extended.value && message !== undefined;
  const mine = message?.userId === room.meId.value;
  const writes = known && chatClosedText(chatPermission.value) === null;
  return {
    react: known && chatPermission.value.kind !== 'muted',
    reply: writes,
    edit: writes && mine,
    remove: known && (mine || room.isHost.value),
  };
}

/** Returns whether this viewer has chosen the emoji, as far as the message names those who have. */
export function hasReacted(message: ChatMessage, emoji: string, me: string | null): boolean {
  return message.reactions?.some((one) => one.emoji === emoji && isMine(message, one, me)) === true;
}
