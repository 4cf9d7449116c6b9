/** All actions of one message: a sheet on a phone, a small dialog beside the message elsewhere. */
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChatActions } from '../app/chat-actions';
import type { MessageEntry } from '../chat/chat-store';
import { plainText } from '../chat/message-marks';
import { clockText } from '../room/format';
import { REPLY_PATH, isFilmOf } from './chat-entry';
import { useApp } from './context';
import { Drawing } from './icons';
import { FIRST_EMOJI, hasReacted, useMessageRights } from './message-actions';
import { SMILE_PATH } from './message-toolbar';
import { Dialog } from './primitives';
import { messageElement } from './show-message';
import { isNarrow } from './viewport';

const EDIT_PATH = 'M4.5 19.5h3.6L19 8.6 15.4 5 4.5 15.9zM13.3 7.1l3.6 3.6';
const COPY_PATH = 'M8.5 8.5h11v11h-11zM5 15.5H4.5v-11h11V5';
const DELETE_PATH = 'M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l.8 13h9.4l.8-13M10 10.5v5M14 10.5v5';
const CLOCK_PATH = 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2';

export interface MessageMenuProps {
  log: RefObject<HTMLDivElement | null>;
  entry: MessageEntry | null;
  actions: ChatActions;
  onEmoji: (messageId: string) => void;
  /** Called when the menu is to close, and once more when it has. */
  onClose: () => void;
}

const WIDTH_PX = 288;
/** Space that it needs below the message; with less it opens above it. */
const HEIGHT_PX = 360;
const EDGE_PX = 8;

/** Returns the corner at which the dialog covers neither the message nor the edge of the screen. */
function placeBeside(element: HTMLElement | null): Record<string, string> {
  if (element === null) return {};
  const box = element.getBoundingClientRect();
  const left = `${Math.max(EDGE_PX, box.right - WIDTH_PX - EDGE_PX)}px`;
  if (box.bottom + HEIGHT_PX < window.innerHeight) return { '--left': left, '--top': `${box.bottom + EDGE_PX}px` };
  const bottom = Math.max(EDGE_PX, Math.min(window.innerHeight - box.top, window.innerHeight - HEIGHT_PX) + EDGE_PX);
  return { '--left': left, '--bottom': `${bottom}px` };
}

export function MessageMenu({ log, entry, actions, onEmoji, onClose }: MessageMenuProps) {
  const app = useApp();
  const { room, chatInput, toasts } = app;
  // The dialog stays in the page, and keeps its content while it closes.
  const last = useRef<MessageEntry | null>(null);
  last.current = entry ?? last.current;
  const message = last.current?.message;
  const rights = useMessageRights(message);
  const narrow = isNarrow.value;
  const chosen = useRef<(() => unknown) | null>(null);
  const place = useRef<Record<string, string>>({});
  if (entry !== null && log.current !== null && message !== undefined)
    place.current = placeBeside(messageElement(log.current, message.id));
  if (message === undefined) return null;
  const { id } = message;

  /** Closes the menu first: the dialog gives the focus back, which the action may move on. */
  const run = (what: () => unknown) => {
    chosen.current = what;
    onClose();
  };
  const closed = () => {
    const what = chosen.current;
    chosen.current = null;
    onClose();
    what?.();
  };
  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show('Copied');
    } catch {
      toasts.show('The browser does not let this page copy.');
    }
  }

  const { at } = message;
  const here = at !== undefined && isFilmOf(at, app) && room.mayControl.value;
  const items = [
    rights.reply && { label: 'Reply', path: REPLY_PATH, run: () => run(() => (chatInput.target.value = { kind: 'reply', message })) },
    rights.edit && { label: 'Edit', path: EDIT_PATH, run: () => run(() => (chatInput.target.value = { kind: 'edit', message })) },
    { label: 'Copy the text', path: COPY_PATH, run: () => run(() => copy(message.message)) },
    here && { label: `Move the film to ${clockText(at.position)}`, path: CLOCK_PATH, run: () => run(() => actions.jumpTo(at.position)) },
    rights.remove && { label: 'Delete…', path: DELETE_PATH, grave: true, run: () => run(() => (actions.deleting.value = message)) },
  ].filter((item) => item !== false); // prettier-ignore

  function onKey(event: KeyboardEvent): void {
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + step + buttons.length) % buttons.length]!.focus();
  }

  return (
    <Dialog
      open={entry !== null}
      onClose={closed}
      title={message.userId === room.meId.value ? 'Your message' : `Message of ${message.userName}`}
      class={narrow ? 'sheet message-menu' : 'message-menu message-menu-beside'}
      style={narrow ? {} : place.current}
    >
      <p class="message-menu-text" dir="auto">
        {plainText(message.message)}
      </p>
      <div onKeyDown={onKey}>
        {rights.react && (
          <div class="message-menu-emoji" role="group" aria-label="React">
            {FIRST_EMOJI.map((emoji, index) => {
              const pressed = hasReacted(message, emoji, room.meId.value);
              return (
                <button
                  key={emoji}
                  type="button"
                  class="message-tool"
                  // The dialog focuses it.
                  autofocus={index === 0}
                  aria-label={`React with ${emoji}`}
                  aria-pressed={pressed}
                  onClick={() => run(() => actions.react(id, emoji, !pressed))}
                >
                  {emoji}
                </button>
              );
            })}
            <button
              type="button"
              class="message-tool"
              aria-label="React with another emoji"
              onClick={() => run(() => onEmoji(id))}
            >
              <Drawing path={SMILE_PATH} />
            </button>
          </div>
        )}
        <div class="message-menu-list">
          {items.map((item) => (
            <button key={item.label} type="button" class="message-menu-entry" data-grave={'grave' in item} onClick={item.run}>
              <Drawing path={item.path} />
              {item.label}
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
