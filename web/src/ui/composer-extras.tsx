/** Beside the message field: what is answered or edited, names to mention, emoji. Loaded in the room. */
import { effect, untracked, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatTarget } from '../app/chat-input';
import type { MessageEntry } from '../chat/chat-store';
import { insertMention, matchingNames, mentionQueryAt } from '../chat/mention-query';
import { plainText } from '../chat/message-marks';
import { MESSAGE_MAX } from '../protocol/rules';
import '../styles/chat-extras.css';
import type { ComposerExtrasProps } from './composer';
import { useApp } from './context';
import { EmojiDialog } from './emoji-lazy';
import { Drawing } from './icons';
import { IconButton } from './primitives';
import { useMentionNames } from './mention-names';
import { SMILE_PATH } from './message-toolbar';

const LIST_ID = 'mention-list';

export function ComposerExtras({ text, area, keys }: ComposerExtrasProps) {
  const { chat, chatInput, chatActions, room } = useApp();
  const caret = useSignal(0);
  const picking = useSignal(false);
  /** What was being written when an edit began. */
  const draft = useRef('');

  /** Writes into the field at once, so that no key press goes elsewhere. */
  function write(value: string, at: number): void {
    text.value = value;
    caret.value = at;
    const field = area.current;
    if (field === null) return;
    field.value = value;
    field.focus();
    field.setSelectionRange(at, at);
  }

  const last = useRef<ChatTarget | null>(null);
  function follow(): void {
    const target = chatInput.target.value;
    const before = last.current;
    last.current = target;
    if (target === before) return;
    untracked(() => {
      if (before?.kind !== 'edit') draft.current = text.value;
      // After a submit, which empties the field.
      if (target === null && before?.kind === 'edit') queueMicrotask(() => write(draft.current, draft.current.length));
      else if (target?.kind === 'edit') write(target.message.message, target.message.message.length);
      else if (target !== null) write(draft.current, draft.current.length);
    });
  }
  // At once, and not with the next frame, so that the next key press finds the field.
  useEffect(() => effect(follow), []);

  // What is gone is neither answered nor edited.
  useSignalEffect(() => {
    const id = chatInput.target.value?.message.id;
    const isGone = id !== undefined && chat.entries.value.some((one) => one.kind === 'message' && one.message.id === id && one.message.deleted === true); // prettier-ignore
    if (isGone) chatInput.target.value = null;
  });

  const mention = useMentionPicker({ text, caret, write, area });

  function editLast(): boolean {
    const me = room.meId.peek();
    const mine = chat.entries.peek().findLast((entry): entry is MessageEntry => {
      return entry.kind === 'message' && entry.message.userId === me && entry.message.deleted !== true;
    });
    if (mine === undefined || !chat.extended.peek()) return false;
    chatInput.target.value = { kind: 'edit', message: mine.message };
    return true;
  }

  useLayoutEffect(() => {
    keys.current = (event) => {
      if (mention.onKey(event)) return true;
      const target = chatInput.target.peek();
      const empty = text.peek().trim() === '';
      if (event.key === 'Escape' && target !== null) chatInput.target.value = null;
      else if (event.key === 'ArrowUp' && text.peek() === '' && target === null && !event.shiftKey && editLast())
        return stop(event);
      else if (event.key === 'Enter' && !event.shiftKey && target?.kind === 'edit' && empty) {
        chatInput.target.value = null;
        void chatActions.load().then((actions) => (actions.deleting.value = target.message));
      } else return false;
      return stop(event);
    };
    return () => (keys.current = null);
  });

  useEffect(() => {
    const field = area.current;
    const moved = () => (caret.value = field?.selectionEnd ?? 0);
    for (const name of ['input', 'keyup', 'click', 'focus']) field?.addEventListener(name, moved);
    return () => {
      for (const name of ['input', 'keyup', 'click', 'focus']) field?.removeEventListener(name, moved);
    };
  }, []);

  const target = chatInput.target.value;
  return (
    <>
      {target !== null && <TargetLine target={target} onCancel={() => (chatInput.target.value = null)} />}
      {mention.list}
      <button
        type="button"
        class="icon-button composer-emoji"
        aria-label="Emoji"
        title="Emoji"
        aria-haspopup="dialog"
        onClick={() => (picking.value = true)}
      >
        <Drawing path={SMILE_PATH} />
      </button>
      <EmojiDialog
        open={picking.value}
        title="Emoji"
        onPick={(emoji) => {
          const at = Math.min(caret.peek(), text.peek().length);
          const next = text.peek().slice(0, at) + emoji + text.peek().slice(at);
          if (next.length <= MESSAGE_MAX) write(next, at + emoji.length);
        }}
        onClose={() => {
          picking.value = false;
          // Called once more after the dialog has given the focus back to its button.
          area.current?.focus();
        }}
      />
    </>
  );
}

function stop(event: Event): true {
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function TargetLine({ target, onCancel }: { target: ChatTarget; onCancel: () => void }) {
  const { message } = target;
  return (
    <div class="composer-target">
      <p>
        {target.kind === 'edit' ? (
          'Changing your message'
        ) : (
          <>
            Reply to <bdi>{message.userName}</bdi>
          </>
        )}
        <span dir="auto">{plainText(message.message)}</span>
      </p>
      <IconButton icon="close" label={target.kind === 'edit' ? 'Leave it as it is' : 'Do not reply'} onClick={onCancel} />
    </div>
  );
}

interface MentionPorts {
  text: ComposerExtrasProps['text'];
  caret: { value: number };
  area: ComposerExtrasProps['area'];
  write(value: string, caret: number): void;
}

/** The list of names for the mention that is being written. The focus stays in the field. */
function useMentionPicker({ text, caret, area, write }: MentionPorts) {
  const chosen = useSignal(0);
  /** Where the `@` of a list stands that was closed by Escape. */
  const closedAt = useSignal<number | null>(null);
  const query = mentionQueryAt(text.value, Math.min(caret.value, text.value.length));
  const names = useMentionNames(query?.text ?? null);
  const found = useMemo(() => (query === null ? [] : matchingNames(names, query.text)), [names, query?.text]);
  const open = query !== null && found.length > 0 && closedAt.value !== query.from && !isComplete(found, query.text);
  const index = Math.min(chosen.value, found.length - 1);

  useEffect(() => void (chosen.value = 0), [query?.text]);
  useEffect(() => {
    if (query === null) closedAt.value = null;
  }, [query === null]);
  useLayoutEffect(() => {
    const field = area.current;
    if (!open || field === null) return undefined;
    field.setAttribute('aria-controls', LIST_ID);
    field.setAttribute('aria-activedescendant', `${LIST_ID}-${index}`);
    return () => {
      field.removeAttribute('aria-controls');
      field.removeAttribute('aria-activedescendant');
    };
  }, [open, index]);

  function take(name: string): void {
    if (query === null) return;
    const next = insertMention(text.peek(), query, Math.min(caret.value, text.peek().length), name);
    if (next.text.length <= MESSAGE_MAX) write(next.text, next.caret);
  }

  function onKey(event: KeyboardEvent): boolean {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) chosen.value = (index + step + found.length) % found.length;
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') take(found[index]!);
    else if (event.key === 'Escape') closedAt.value = query.from;
    else return false;
    return stop(event);
  }

  const list = (
    <>
      <span class="visually-hidden" role="status">
        {open && `${found.length} ${found.length === 1 ? 'name' : 'names'}: arrow keys choose, Enter takes one`}
      </span>
      {open && (
        <ul class="mention-list" id={LIST_ID} role="listbox" aria-label="People to mention">
          {found.map((name, at) => (
            <li
              key={name}
              id={`${LIST_ID}-${at}`}
              role="option"
              aria-selected={at === index}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(name)}
            >
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
  return { onKey, list };
}

/** Whether the only name that is left is written already. */
function isComplete(found: readonly string[], query: string): boolean {
  return found.length === 1 && found[0]?.toLowerCase() === query.trimEnd().toLowerCase();
}
