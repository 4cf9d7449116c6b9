/** Applies the room's events to the chat. */
import type { ChatStore } from '../chat/chat-store';
import type { ServerEvent } from '../protocol/messages';

/** Events that do not concern the chat are ignored. */
export function applyChatEvent(chat: ChatStore, event: ServerEvent, me: string | null): void {
  switch (event.name) {
    case 'new-message':
      chat.add(event.payload.message, event.payload.message.userId === me);
      break;
    case 'message-edited':
      chat.edit(event.payload.messageId, event.payload.message, event.payload.editedAt);
      break;
    case 'message-deleted':
      chat.bury(event.payload.messageId);
      break;
    case 'message-reactions':
      chat.react(event.payload.messageId, event.payload.reactions);
      break;
    case 'user-typing':
      chat.startTyping(event.payload.userId, event.payload.userName);
      break;
    case 'user-stopped-typing':
    case 'user-away':
    case 'user-left':
      chat.stopTyping(event.payload.userId);
      break;
    case 'presence':
      for (const id of [...(event.payload.left ?? []), ...(event.payload.away ?? [])]) chat.stopTyping(id);
      break;
    default:
  }
}
