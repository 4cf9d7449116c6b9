/** What a viewer does in the chat's log: actions of messages, reading back, search, settings. Loaded in the room. */
import { signal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ChatActions } from '../app/chat-actions';
import type { MessageEntry } from '../chat/chat-store';
import '../styles/chat-extras.css';
import type { ChatExtrasProps } from './chat-panel';
import { type LogGestures, useLogGestures } from './chat-gestures';
import { ChatSearch } from './chat-search';
import { ChatSettings } from './chat-settings';
import { useApp } from './context';
import { EmojiDialog } from './emoji-lazy';
import { Drawing, Icon } from './icons';
import { MessageMenu } from './message-menu';
import { MessageToolbar } from './message-toolbar';
import { DeleteQuestion } from './delete-question';
import { markFound, messageElement, showMessage } from './show-message';

const SEARCH_PATH = 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20';

export function ChatExtras(props: ChatExtrasProps) {
  const { chatActions } = useApp();
  const actions = chatActions.loaded.value;
  useEffect(() => {
    // Without it the chat still writes and reads; the next use of it tries again.
    chatActions.load().catch(() => undefined);
  }, []);
  return actions === null ? null : <LoadedExtras {...props} actions={actions} />;
}

function LoadedExtras({ log, shown, actions }: ChatExtrasProps & { actions: ChatActions }) {
  const { chat } = useApp();
  const state = useMemo(
    () => ({
      /** Id of the message whose toolbar is shown. */
      pointed: signal<string | null>(null),
      /** Id of the message whose menu is open. */
      menu: signal<string | null>(null),
      /** Id of the message for which an emoji is being chosen. */
      reacting: signal<string | null>(null),
      searching: signal(false),
      settings: signal(false),
    }),
    [],
  );

  async function goTo(messageId: string): Promise<void> {
    if (log.current !== null && showMessage(log.current, messageId)) return;
    // After the loaded messages have been drawn.
    if (await actions.find(messageId)) requestAnimationFrame(() => log.current !== null && showMessage(log.current, messageId));
  }

  function focusMessage(id: string): void {
    if (log.current !== null) messageElement(log.current, id)?.focus({ preventScroll: true });
  }

  /** The message has the focus first, so that the dialog gives it back to it. */
  function openMenu(id: string): void {
    focusMessage(id);
    state.menu.value = id;
  }

  const gestures = useMemo(
    (): LogGestures => ({
      onPoint: (message) => (state.pointed.value = message?.dataset['message'] ?? null),
      onMenu: (message) => openMenu(message.dataset['message'] ?? ''),
      onReact: (id, emoji, on) => void actions.react(id, emoji, on),
      onQuote: (id) => void goTo(id),
      onFilmMoment: (position) => void actions.jumpTo(position),
      onTop: () => void actions.loadOlder(),
    }),
    [actions],
  );
  useLogGestures(log, gestures);

  // A log that its messages do not fill cannot be scrolled for more.
  useSignalEffect(() => {
    void chat.entries.value;
    const element = log.current;
    if (chat.hasOlder.value && element !== null && element.clientHeight > 0 && element.scrollHeight <= element.clientHeight)
      void actions.loadOlder();
  });

  function entryOf(id: string | null): MessageEntry | null {
    const found = id === null ? undefined : chat.entries.value.find((one) => one.kind === 'message' && one.message.id === id);
    return found?.kind === 'message' && found.message.deleted !== true ? found : null;
  }

  const first = chat.mentions.value[0];
  return (
    <>
      <div class="chat-tools">
        <button
          type="button"
          class="icon-button"
          aria-label="Search the chat"
          title="Search the chat"
          aria-expanded={state.searching.value}
          onClick={() => (state.searching.value = !state.searching.value)}
        >
          <Drawing path={SEARCH_PATH} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Chat settings"
          title="Chat settings"
          onClick={() => (state.settings.value = true)}
        >
          <Icon name="settings" />
        </button>
      </div>
      {state.searching.value && (
        <ChatSearch
          actions={actions}
          onShow={(id) => {
            if (log.current === null) return;
            if (id !== null) showMessage(log.current, id, false);
            markFound(log.current, id);
          }}
          onClose={() => {
            state.searching.value = false;
            if (log.current !== null) markFound(log.current, null);
            log.current?.focus({ preventScroll: true });
          }}
        />
      )}
      {actions.loadingOlder.value && <p class="chat-older">Loading older messages…</p>}
      {first !== undefined && shown && (
        <button type="button" class="chat-jump chat-mentioned" onClick={() => void goTo(messageIdOf(first))}>
          @ {chat.mentions.value.length}
          <span class="visually-hidden"> {chat.mentions.value.length === 1 ? 'message mentions' : 'messages mention'} you</span>
        </button>
      )}
      <p class="visually-hidden" role="status">
        {actions.arrivals.value}
      </p>
      <MessageToolbar
        log={log}
        entry={state.menu.value === null ? entryOf(state.pointed.value) : null}
        actions={actions}
        onMore={openMenu}
        onEmoji={(id) => {
          focusMessage(id);
          state.reacting.value = id;
        }}
        onLeave={() => (state.pointed.value = null)}
      />
      <MessageMenu
        log={log}
        entry={entryOf(state.menu.value)}
        actions={actions}
        onEmoji={(id) => (state.reacting.value = id)}
        onClose={() => (state.menu.value = null)}
      />
      <EmojiDialog
        open={entryOf(state.reacting.value) !== null}
        title="React with an emoji"
        onPick={(emoji) => {
          const id = state.reacting.value;
          if (id !== null) void actions.react(id, emoji, true);
        }}
        onClose={() => (state.reacting.value = null)}
      />
      <DeleteQuestion actions={actions} />
      <ChatSettings open={state.settings.value} alerts={actions.alerts} onClose={() => (state.settings.value = false)} />
    </>
  );

  /** Entries of other members have their message's id as key. */
  function messageIdOf(key: string): string {
    const entry = chat.entries.peek().find((one) => one.key === key);
    return entry?.kind === 'message' ? entry.message.id : key;
  }
}
