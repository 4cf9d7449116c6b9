/** Search in the loaded messages, and a way to load all of them. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatActions } from '../app/chat-actions';
import { createChatSearch } from '../chat/chat-search';
import { useApp } from './context';
import { Drawing } from './icons';
import { IconButton } from './primitives';

const UP_PATH = 'm6 14.5 6-6 6 6';
const DOWN_PATH = 'm6 9.5 6 6 6-6';

export interface ChatSearchProps {
  actions: ChatActions;
  /** Called with the message to show; null when nothing is found. */
  onShow: (messageId: string | null) => void;
  onClose: () => void;
}

export function ChatSearch({ actions, onShow, onClose }: ChatSearchProps) {
  const { chat } = useApp();
  const find = useMemo(createChatSearch, []);
  const field = useRef<HTMLInputElement>(null);
  const query = useSignal('');
  /** Id of the message that is shown. */
  const current = useSignal<string | null>(null);
  const entries = chat.entries.value;
  const hits = useMemo(() => find(entries, query.value), [entries, query.value]);
  const at = current.value === null ? -1 : hits.indexOf(current.value);
  const loading = actions.loadingOlder.value;

  // Before the next key press.
  useLayoutEffect(() => field.current?.focus(), []);

  function show(id: string | undefined): void {
    current.value = id ?? null;
    onShow(current.value);
  }

  /** Older ones are above, so that the first one shown is the newest. */
  function move(by: number): void {
    if (hits.length === 0) return;
    show(hits[at < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length]);
  }

  const text =
    query.value.trim() === '' ? '' : hits.length === 0 ? 'Nothing found' : `${at < 0 ? hits.length : at + 1} of ${hits.length}`;
  return (
    <search class="chat-search">
      <input
        ref={field}
        type="search"
        aria-label="Search the chat"
        placeholder="Search the chat"
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
          show(find(chat.entries.peek(), query.value).at(-1));
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') move(event.shiftKey ? 1 : -1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span class="chat-search-count" role="status">
        {loading ? 'Loading…' : text}
      </span>
      <SearchButton label="Older hit" path={UP_PATH} off={hits.length === 0} onClick={() => move(-1)} />
      <SearchButton label="Newer hit" path={DOWN_PATH} off={hits.length === 0} onClick={() => move(1)} />
      <IconButton icon="close" label="Close the search" onClick={onClose} />
      {chat.hasOlder.value && (
        <button
          type="button"
          class="text-button chat-search-all"
          aria-disabled={loading}
          onClick={() => void actions.loadAll().then(() => field.current?.focus())}
        >
          Search older messages too
        </button>
      )}
    </search>
  );
}

function SearchButton(props: { label: string; path: string; off: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.off}
      onClick={props.onClick}
    >
      <Drawing path={props.path} />
    </button>
  );
}
