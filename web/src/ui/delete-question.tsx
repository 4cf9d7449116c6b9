/** Asks before a message is deleted. */
import { useRef } from 'preact/hooks';
import type { ChatActions } from '../app/chat-actions';
import { plainText } from '../chat/message-marks';
import type { ChatMessage } from '../protocol/chat';
import { useApp } from './context';
import { Dialog } from './primitives';

export function DeleteQuestion({ actions }: { actions: ChatActions }) {
  const { room } = useApp();
  const message = actions.deleting.value;
  const last = useRef<ChatMessage | null>(null);
  last.current = message ?? last.current;
  if (last.current === null) return null;
  const { id, userId, userName, message: text } = last.current;
  const close = () => (actions.deleting.value = null);
  return (
    <Dialog open={message !== null} onClose={close} title="Delete this message?" class="delete-question">
      <p class="dialog-text">
        {userId === room.meId.value ? 'Nobody' : `Nobody, not even ${userName},`} can read it any more, and it cannot be taken
        back.
      </p>
      <p class="message-menu-text" dir="auto">
        {plainText(text)}
      </p>
      <div class="menu-question-buttons">
        <button
          type="button"
          class="button button-grave"
          onClick={() => {
            close();
            void actions.remove(id);
          }}
        >
          Delete
        </button>
        <button type="button" class="button button-outline" onClick={close}>
          Keep it
        </button>
      </div>
    </Dialog>
  );
}
