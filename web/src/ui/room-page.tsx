/** The room: the player area, and the chat and member panel beside it. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { createFullscreen } from '../app/fullscreen';
import { handleShortcut } from '../app/keyboard-shortcuts';
import { Dialog, IconButton, Link, Wordmark } from './primitives';
import { ChatPanel } from './chat-panel';
import { useApp } from './context';
import { FilmDialog } from './film-dialog';
import { Icon } from './icons';
import { KnockNotice } from './knock-notice';
import { RoomCode } from './invite';
import { lazyComponent } from './lazy';
import { LibraryDialog } from './library-lazy';
import { FilmDrop } from './own-film-lazy';
import { RoomMenuButton, RoomMenuDialog } from './room-menu-button';
import { ShortcutSheet } from './shortcuts-dialog';
import { ControlBar, FilmNotices, OverFilm, PlayerArea } from './player-area';
import { isLow, isNarrow } from './viewport';
import { Pictures, VoiceButton, VoiceDialog, VoiceMute } from './voice-button';

export type Side = 'chat' | 'members' | 'queue' | 'none';

const MembersPanel = lazyComponent<{ onVoice?: () => void }>(async () => (await import('./members-panel')).MembersPanel);
const QueuePanel = lazyComponent<{ sheet?: boolean }>(async () => (await import('./queue-panel')).QueuePanel);
const QueueDrop = lazyComponent(async () => (await import('./queue-drop')).QueueDrop);

export function RoomPage() {
  const app = useApp();
  const { room, chat, controlsAutohide, connection, queue, library } = app;
  const side = useSignal<Side>('chat');
  const sheet = useSignal<'none' | 'keys' | 'film' | 'members' | 'menu' | 'queue' | 'voice'>('none');
  const playerArea = useRef<HTMLDivElement>(null);
  const close = () => (sheet.value = 'none');
  // After this dialog has closed, whose end would close the other one.
  const showVoice = () => {
    close();
    requestAnimationFrame(() => (sheet.value = 'voice'));
  };
  const film = room.film.value;
  const { title } = room.settings.value;
  const narrow = isNarrow.value;
  // It stays, so that the focus returns to the button that opened it.
  const libraryUsed = useRef(false);
  libraryUsed.current ||= library.shown.value !== null;

  const full = useMemo(() => createFullscreen(() => playerArea.current), []);
  const writing = useSignal(false);
  const reacting = useSignal(false);
  const chatOver = useComputed(() => full.mode.value !== 'no' || (isLow.value && side.value !== 'chat'));
  const toggleFullscreen = () => void full.toggle();

  useEffect(() => () => full.end(), [full]);
  // Not needed to enter, and there before they are, also when the server is lost.
  useEffect(() => {
    ControlBar.preload();
    OverFilm.preload();
    FilmNotices.preload();
    MembersPanel.preload();
    import('../media/open-player').catch(() => undefined);
  }, []);
  useSignalEffect(() => {
    if (!chatOver.value) writing.value = false;
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) =>
      handleShortcut(event, app, {
        toggleFullscreen,
        showHelp: () => (sheet.value = 'keys'),
        focusChat: () => {
          if (full.isOn() || chatOver.peek()) writing.value = true;
          else focusChat(() => (side.value = 'chat'));
        },
        react: () => (reacting.value = !reacting.peek()),
        leave: full.leaveWindow,
      });
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [app]);

  /** Over the film where there is no panel beside it. */
  const picturesOver = full.mode.value !== 'no' || (!narrow && side.value === 'none');
  const count = room.count.value;
  const queued = queue.loaded.value;
  const total = queued?.state.value.total ?? 0;
  const queueLabel = total === 0 ? 'Queue' : `Queue ${total}`;
  return (
    <div
      class="room"
      data-controls={controlsAutohide.hidden.value ? 'hidden' : 'shown'}
      data-side={side.value}
      data-connection={connection.value}
      data-fullscreen={full.mode.value}
    >
      <a class="skip-link" href="#chat-input" onClick={(event) => skipToChat(event, () => (side.value = 'chat'))}>
        Skip to the chat
      </a>
      <header class="room-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill: leave the room and go to the start page">
          <Wordmark />
        </Link>
        <p class="room-title">
          {title !== null && <b>{title}</b>}
          {title !== null && film !== null && <span aria-hidden="true"> · </span>}
          {room.filmTitle.value}
        </p>
        <RoomCode />
        <div class="room-tools">
          {/* On a phone, the queue shows another film. */}
          {room.isHost.value && film !== null && !(narrow && queue.present.value) && (
            <button type="button" class="button button-quiet" onClick={() => (sheet.value = 'film')}>
              <Icon name="film" />
              <span class="wide-only">Change film</span>
              <span class="visually-hidden narrow-only">Change film</span>
            </button>
          )}
          <VoiceMute />
          {/* On a phone, there is no room for it beside the other buttons of a host. */}
          {!narrow && room.voice.value !== null && <VoiceButton onClick={() => (sheet.value = 'voice')} />}
          {room.isHost.value && <RoomMenuButton onClick={() => (sheet.value = 'menu')} />}
          {narrow ? (
            <>
              {queue.present.value && <IconButton icon="queue" label={queueLabel} onClick={() => (sheet.value = 'queue')} />}
              <button
                type="button"
                class="button button-quiet"
                onClick={() => (sheet.value = 'members')}
                aria-label={`People, ${count}`}
              >
                <Icon name="people" />
                <span aria-hidden="true">{count}</span>
              </button>
            </>
          ) : (
            <IconButton
              icon="panel"
              label={side.value === 'none' ? 'Show the chat' : 'Hide the chat'}
              onClick={() => (side.value = side.value === 'none' ? 'chat' : 'none')}
            />
          )}
          <IconButton
            icon="keyboard"
            class="wide-only"
            label="Keyboard shortcuts"
            keys="?"
            onClick={() => (sheet.value = 'keys')}
          />
          <Link href="/" class="icon-button" label="Leave the room">
            <Icon name="leave" />
          </Link>
        </div>
      </header>
      <main class="room-main" id="main">
        <h1 class="visually-hidden">Room {room.roomId.value}</h1>
        <PlayerArea
          frame={playerArea}
          fullscreen={full.mode.value}
          onFullscreen={toggleFullscreen}
          onChangeFilm={() => (sheet.value = 'film')}
          pictures={picturesOver}
          chatOver={chatOver.value}
          writing={writing.value}
          onWrite={(on) => (writing.value = on)}
          reacting={reacting.value}
          onReact={(on) => (reacting.value = on)}
        />
      </main>
      <aside class="side-panel" aria-label="Chat, people and queue" hidden={!narrow && side.value === 'none'}>
        {!picturesOver && <Pictures over={false} />}
        {!narrow && (
          <div class="tabs" role="tablist" aria-label="Side panel" onKeyDown={(event) => switchTab(event, side)}>
            <Tab name="chat" side={side} label="Chat" badge={side.value === 'chat' ? 0 : chat.unread.value} />
            <Tab name="members" side={side} label={`People ${count}`} badge={0} />
            {queue.present.value && <Tab name="queue" side={side} label={queueLabel} badge={0} />}
          </div>
        )}
        <ChatPanel shown={narrow || side.value === 'chat'} />
        {!narrow && side.value === 'members' && <MembersPanel />}
        {!narrow && side.value === 'queue' && queued !== null && <QueuePanel />}
      </aside>
      {!narrow && side.value === 'none' && chat.unread.value > 0 && (
        <button type="button" class="unread-flag" onClick={() => (side.value = 'chat')}>
          {chat.unread.value === 1 ? '1 new message' : `${chat.unread.value} new messages`}
        </button>
      )}
      <Dialog open={sheet.value === 'members' && narrow} onClose={close} title={`People ${count}`} class="sheet">
        <MembersPanel onVoice={showVoice} />
      </Dialog>
      <Dialog open={sheet.value === 'queue' && narrow} onClose={close} title="Queue" class="sheet queue-sheet">
        {queued !== null && <QueuePanel sheet />}
      </Dialog>
      {queued !== null && <QueueDrop />}
      <FilmDrop />
      <KnockNotice onShowAll={() => (sheet.value = 'menu')} />
      <RoomMenuDialog open={sheet.value === 'menu'} onClose={close} />
      <VoiceDialog open={sheet.value === 'voice'} onClose={close} />
      <ShortcutSheet open={sheet.value === 'keys'} onClose={close} />
      {libraryUsed.current && <LibraryDialog />}
      <FilmDialog open={sheet.value === 'film'} onClose={close} />
    </div>
  );
}

function skipToChat(event: Event, show: () => void): void {
  event.preventDefault();
  focusChat(show);
}

/** Focuses the chat at once when it is visible, so that no key press is lost; else after it has appeared. */
function focusChat(show: () => void): void {
  const input = () => document.getElementById('chat-input');
  input()?.focus();
  if (document.activeElement === input()) return;
  show();
  requestAnimationFrame(() => input()?.focus());
}

function Tab(props: { name: Exclude<Side, 'none'>; side: { value: Side }; label: string; badge: number }) {
  const on = props.side.value === props.name;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${props.name}`}
      aria-selected={on}
      aria-controls={`panel-${props.name}`}
      tabIndex={on ? 0 : -1}
      class="tab"
      onClick={() => (props.side.value = props.name)}
    >
      {props.label}
      {props.badge > 0 && (
        <span class="badge">
          {props.badge}
          <span class="visually-hidden"> new</span>
        </span>
      )}
    </button>
  );
}

function switchTab(event: KeyboardEvent, side: { value: Side }): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const tabs = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const at = tabs.findIndex((tab) => tab.id === `tab-${side.value}`);
  const next = tabs.at((at + (event.key === 'ArrowRight' ? 1 : -1)) % tabs.length);
  next?.click();
  next?.focus();
}
