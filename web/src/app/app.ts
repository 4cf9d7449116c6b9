/** Builds and connects every part of the client. Components receive the result through a context. */
import { batch, effect, signal, untracked } from '@preact/signals';
import { createChatStore } from '../chat/chat-store';
import { ClockPoller } from '../clock/poller';
import { sitePath, siteStorage } from '../net/base-path';
import { SocketConnection, type ConnectionState } from '../net/socket-connection';
import { createBrowserStorage } from '../net/browser-storage';
import { Session, type SessionState } from '../net/session';
import { newId } from '../protocol/ids';
import { type ServerEvent, clockAnswer } from '../protocol/messages';
import { libraryId } from '../protocol/video-kind';
import { createRoomStore } from '../room/room-store';
import { noticeFor } from '../room/event-notices';
import { createMemberSearch } from './member-search';
import { createEventStream } from './event-stream';
import { createControlsAutohide } from './controls-autohide';
import { createChatOutbox } from './chat-outbox';
import { createConnectionStatus } from './connection-status';
import { takeInvitations } from './invitation-link';
import { STILL_RECONNECTING, createRoomControls } from './room-controls';
import { createSyncStatus } from './sync-status';
import { createRecentRooms } from './recent-rooms';
import { createChatPermission } from './chat-permission';
import { createChatInput } from './chat-input';
import { applyChatEvent } from './chat-events';
import { createRoomMentions } from './room-mentions';
import { loadChatActions } from './load-chat';
import { loadOverFilm } from './load-over-film';
import { createPlayerHost } from './player-host';
import { createLibraryLink } from './load-library';
import { createOwnCopiesLink } from './load-own-copies';
import { loadSubtitles } from './load-subtitles';
import { createQueueLink } from './queue-link';
import { createToasts } from './toasts';
import { createVoiceLink } from './voice-link';
import { persistUnsentMessages, loadUnsentMessages } from './unsent-messages';
import { route, visit } from './router';

const now = () => performance.now();

function after(ms: number, run: () => void): () => void {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
}

const CLOCK_TIMEOUT_MS = 4000;
const STATE_SETTLES_MS = 1500;
const random = () => Math.random();

export function createApp() {
  const browserStorage = createBrowserStorage(siteStorage(sessionStorage), siteStorage(localStorage));
  takeInvitations(browserStorage, () => session.onInvitation());
  const syncStatus = createSyncStatus(localStorage);
  const room = createRoomStore();
  const mentions = createRoomMentions(room);
  const chat = createChatStore(mentions.isForMe);
  const toasts = createToasts(after);
  const sessionState = signal<SessionState>({ phase: 'idle' });
  const connectionState = signal<ConnectionState>('idle');
  const online = signal(navigator.onLine);
  /** Whether the server can reach the store that holds the room. */
  const available = signal(true);

  const socketConnection: SocketConnection = new SocketConnection({
    auth: () => ({ ...session.auth(), browserKey: browserStorage.browserKey() }),
    onState: (state) => {
      connectionState.value = state;
      if (state === 'up') clock.start();
      else clock.stop();
      session.onConnectionState(state);
    },
    onEvent: (event) => batch(() => onServerEvent(event)),
    onServerPing: () => clock.onServerPing(),
    hasSeat: () => session.hasSeat,
    now,
    after,
  });

  const clock = new ClockPoller({
    now,
    after,
    request: async (t1) => {
      const ack = await socketConnection.request('clock', { t1, report: playerHost.report() }, CLOCK_TIMEOUT_MS);
      const arrivedAt = now();
      if (!ack.ok) return null;
      try {
        return { answer: clockAnswer(ack, 'clock'), arrivedAt };
      } catch {
        return null;
      }
    },
    onRevision: (epoch, seq) => eventStream.onClockRevision(epoch, seq),
    onUnresponsive: () => socketConnection.restart(),
  });

  const session = new Session({
    browserStorage,
    connect: () => socketConnection.open(),
    disconnect: () => socketConnection.close(),
    isConnected: () => socketConnection.isConnected,
    request: (name, payload) => socketConnection.request(name, payload),
    send: (name, payload) => socketConnection.send(name, payload),
    after,
    random,
    onState: (next) => batch(() => onSessionState(next)),
  });

  const request = (name: string, payload: Record<string, unknown>) =>
    socketConnection.request(name, { roomId: room.roomId.peek(), ...payload });
  const serverNow = () => clock.serverAt(now());
  const memberSearch = createMemberSearch({ request, after });
  const connectionStatus = createConnectionStatus({ sessionState, socket: connectionState, online, available, after });
  const eventStream = createEventStream({
    requestResume: (revision) => request('resume', { epoch: revision.epoch, seq: revision.seq }),
    after,
    random,
    apply: applyEvent,
    loadSnapshot: (snapshot) => {
      room.loadRoom(snapshot.room, snapshot.timeline);
      queue.accept({ snapshot: snapshot.room.queue ?? null });
      chat.mergeHistory(snapshot.messages, false, room.meId.peek(), snapshot.chatMore);
    },
    onUnknownMember: () => session.rejoin(),
  });
  const playerHost = createPlayerHost({
    room,
    clock,
    syncStatus,
    openFilm: async (kind, link, mount, events) => {
      if (kind === 'local') return (await ownCopies.load()).open(link, mount, events);
      if (libraryId(link) !== null) {
        // Without its own code the server's film plays.
        const copies = ownCopies.load().catch(() => null);
        const server = await library.load();
        const copy = await (await copies)?.open(link, mount, events);
        if (!copy) return server.open(link, mount, events);
        server.leave();
        return copy;
      }
      return (await import('../media/open-player')).openPlayer(kind, link, mount, events);
    },
    onExternalAction: (what, position) => controls.handleExternalAction(what, position),
    onDuration: async (seconds) => {
      const ack = await request('report-duration', { duration: seconds });
      return ack.ok || !ack.retryable;
    },
    onLiveDelay: ({ item, delay, replaces }) => void request('report-live', { item, delay, replaces }),
    onReady: (seq) => socketConnection.send('ready', { roomId: room.roomId.peek(), seq }),
    onStall: (stalled, seq) => socketConnection.send(stalled ? 'buffering' : 'buffered', { roomId: room.roomId.peek(), seq }),
    onWokeUp: () => {
      if (socketConnection.isConnected) clock.start();
      else socketConnection.retryNow();
    },
  });
  const controls = createRoomControls({
    room,
    playerHost,
    toasts,
    request,
    isReachable: () => connectionStatus.connection.peek() === 'connected',
    serverNow,
    after,
  });
  const ownCopies = createOwnCopiesLink(() => ({ room, playerHost, toasts, library, after }));
  const library = createLibraryLink(() => ({
    room,
    connection: connectionStatus.connection,
    request,
    serverNow,
    after,
    random,
  }));
  const subtitles = loadSubtitles({ room, chat, playerHost, toasts, controls, library, request, after });
  const queue = createQueueLink(async () =>
    (await import('../queue/queue')).createQueue({
      room,
      chat,
      toasts,
      playerHost,
      controls,
      request,
      serverNow,
      after,
    }),
  );
  const voice = createVoiceLink(siteStorage(sessionStorage), () => ({
    room,
    playerHost,
    connection: connectionStatus.connection,
    request,
    now,
    after,
  }));
  const recentRooms = createRecentRooms(siteStorage(localStorage));
  const chatPermission = createChatPermission({ room, now, after });
  const controlsAutohide = createControlsAutohide(controls.running, after);
  const outbox = createChatOutbox({
    chat,
    request,
    after,
    random,
    newId,
    canSend: () => socketConnection.isConnected && sessionState.peek().phase === 'joined',
    onUnknownMember: () => session.rejoin(),
    onSent: () => chatPermission.onSent(),
    onWait: (ms) => chatPermission.onWait(ms),
  });
  const chatInput = createChatInput({
    outbox,
    send: (name) => socketConnection.send(name, { roomId: room.roomId.peek() }),
    after,
    edit: async (messageId, text) => (await chatActions.load()).edit(messageId, text),
  });
  const chatActions = loadChatActions({ room, chat, mentions, toasts, controls, request, now, after });
  const overFilm = loadOverFilm({ room, chat, chatActions, playerHost, controls, request, serverNow, now, after, random });

  function onSessionState(next: SessionState): void {
    sessionState.value = next;
    if (next.phase === 'joined') {
      const path = `/room/${next.roomId}`;
      if (sitePath(location.pathname) !== path)
        visit(path, route.value.page === 'create' || route.value.page === 'join' ? 'replace' : 'push');
      return;
    }
    if (next.phase === 'reconnecting' || next.phase === 'joining' || next.phase === 'refused') return;
    if (next.phase !== 'replaced') chat.clear();
    memberSearch.clear();
    chatPermission.reset();
    if (next.phase === 'not-found' || next.phase === 'closed') recentRooms.forget(next.roomId);
    room.clear();
    queue.accept({ snapshot: null });
    eventStream.reset(null);
    available.value = true;
  }

  function onRoomJoined(event: Extract<ServerEvent, { name: 'room-joined' }>): void {
    const { room: there, user, messages, chatMore, epoch, seq } = event.payload;
    const fresh = room.roomId.peek() !== there.id;
    available.value = true;
    // The joined state may belong to another epoch, so events received before it do not count.
    eventStream.reset(epoch !== undefined && seq !== undefined ? { epoch, seq } : null);
    room.apply(event);
    queue.accept({ snapshot: there.queue ?? null });
    chat.mergeHistory(messages, fresh, user.id, chatMore);
    if (fresh) outbox.restore(loadUnsentMessages(there.id, siteStorage(sessionStorage)));
    session.onEvent(event);
    outbox.flush();
  }

  function onServerEvent(event: ServerEvent): void {
    switch (event.name) {
      case 'room-joined':
        onRoomJoined(event);
        return;
      case 'room-availability':
        if (event.payload.roomId === room.roomId.peek()) onRoomAvailability(event.payload.available);
        return;
      case 'stream-position':
        if (event.payload.roomId === room.roomId.peek()) eventStream.onStreamPosition(event.payload.epoch, event.payload.seq);
        return;
      default:
        session.onEvent(event);
        eventStream.receive(event);
    }
  }

  function onRoomAvailability(yes: boolean): void {
    available.value = yes;
    if (!yes) return;
    eventStream.retryNow();
    outbox.flush();
  }

  function applyEvent(event: ServerEvent): void {
    const notice = noticeFor(event, {
      nameOf: room.nameOf,
      isMe: (id) => id !== null && id === room.meId.peek(),
      settings: room.settings.peek(),
    });
    const moved =
      event.name === 'timeline' &&
      event.payload.seq === room.timeline.peek()?.seq &&
      event.payload.epoch === room.timeline.peek()?.epoch;
    // A queue announces its films itself.
    if (notice !== null && !moved && !(event.name === 'video-set' && queue.present.peek())) {
      chat.addNotice(notice);
      if (notice.toast === true) toasts.show(notice.text);
    }
    const me = room.meId.peek();
    room.apply(event);
    memberSearch.apply(event);
    applyChatEvent(chat, event, me);
    switch (event.name) {
      case 'film-reactions':
        // Without its code they are not shown; the next ones load it again.
        overFilm.load().then((over) => over.reactions.receive(event.payload), () => undefined); // prettier-ignore
        break;
      case 'queue-changed':
        queue.accept({ change: event.payload });
        break;
      case 'voice-signal':
        voice.receive(event.payload.from, event.payload.data);
        break;
      case 'room-transferred':
        onTransferred(event.payload.hostToken);
        break;
      case 'user-left':
        // The server removed a member that is still connected: rejoin, unless a host has decided it.
        if (event.payload.userId === me && event.payload.reason === undefined) session.rejoin();
        break;
      default:
    }
  }

  /** The token of the former owner is void; the new owner receives one with a second event. */
  function onTransferred(hostToken: string | undefined): void {
    const id = room.roomId.peek();
    if (id === null) return;
    if (hostToken === undefined) browserStorage.removeHostToken(id);
    else browserStorage.saveHostToken(id, hostToken);
  }

  effect(() => {
    if (connectionStatus.connection.value === 'connected') untracked(() => toasts.withdraw(STILL_RECONNECTING));
  });

  effect(() => {
    const roomId = room.roomId.value;
    const { title } = room.settings.value;
    if (roomId !== null) untracked(() => recentRooms.visited({ roomId, title }));
  });

  // Reports a changed sync state to the server early, but waits until it is stable.
  let cancelReport: (() => void) | null = null;
  effect(() => {
    void syncStatus.state.value;
    untracked(() => {
      cancelReport?.();
      cancelReport = after(STATE_SETTLES_MS, () => {
        if (syncStatus.state.peek() !== playerHost.reportedState) clock.pollSoon();
      });
    });
  });

  effect(() => {
    const here = route.value;
    untracked(() => {
      if (here.page === 'room') session.openRoom(here.roomId);
      else if (session.state.phase !== 'idle' && session.state.phase !== 'joining') session.leave();
    });
  });

  window.addEventListener('online', () => {
    online.value = true;
    socketConnection.retryNow();
    if (socketConnection.isConnected) clock.start();
  });
  window.addEventListener('offline', () => (online.value = false));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) socketConnection.retryNow();
  });

  voice.follow();
  persistUnsentMessages({ entries: chat.entries, roomId: room.roomId, storage: siteStorage(sessionStorage) });

  return {
    now,
    after,
    room,
    memberSearch,
    chat,
    mentions,
    chatActions,
    overFilm,
    playerHost,
    subtitles,
    ownCopies,
    library,
    syncStatus,
    controls,
    chatInput,
    recentRooms,
    request,
    queue,
    voice,
    chatPermission: chatPermission.permission,
    controlsAutohide,
    session,
    browserStorage,
    toasts,
    sessionState,
    connectionState,
    online,
    ...connectionStatus,
  };
}

export type App = ReturnType<typeof createApp>;
