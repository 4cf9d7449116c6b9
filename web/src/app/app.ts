/** Everything is built and connected here, and nowhere else. The components get the result through a context. */
import { batch, effect, signal, untracked } from '@preact/signals';
import { createChatStore } from '../chat/chat-store';
import { ClockPoller } from '../clock/poller';
import { sitePath, siteStorage } from '../net/base-path';
import { Line, type LineState } from '../net/connection';
import { createMemory } from '../net/seat';
import { Session, type Stage } from '../net/session';
import { newId } from '../protocol/ids';
import { type ServerEvent, clockAnswer } from '../protocol/messages';
import { createRoomStore } from '../room/room-store';
import { tell } from '../room/narrator';
import { createDirectory } from './directory';
import { createFeed } from './feed';
import { createLights } from './lights';
import { createOutbox } from './outbox';
import { createPresence } from './presence';
import { NOT_HERE, createRemote } from './remote';
import { createStep } from './step';
import { createTalk } from './talk';
import { createTheatre } from './theatre';
import { createToasts } from './toasts';
import { keepUnsent, unsentIn } from './unsent';
import { route, visit } from './router';

const now = () => performance.now();

function after(ms: number, run: () => void): () => void {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
}

const CLOCK_TIMEOUT_MS = 4000;
const STATE_SETTLES_MS = 1500;
const chance = () => Math.random();

export function createApp() {
  const memory = createMemory(siteStorage(sessionStorage), siteStorage(localStorage));
  const step = createStep(localStorage);
  const room = createRoomStore();
  const chat = createChatStore();
  const toasts = createToasts(after);
  const stage = signal<Stage>({ at: 'outside' });
  const lineState = signal<LineState>('idle');
  const online = signal(navigator.onLine);
  /** Whether the server can reach what the room is kept in. */
  const available = signal(true);

  const line: Line = new Line({
    auth: () => session.auth(),
    onState: (state) => {
      lineState.value = state;
      if (state === 'up') clock.start();
      else clock.stop();
      session.onLine(state);
    },
    onEvent: (event) => batch(() => receive(event)),
    onHeartbeat: () => clock.heartbeat(),
    hasSeat: () => session.hasSeat,
    now,
    after,
  });

  const clock = new ClockPoller({
    now,
    after,
    ask: async (t1) => {
      const ack = await line.ask('clock', { t1, report: theatre.report() }, CLOCK_TIMEOUT_MS);
      const arrivedAt = now();
      if (!ack.ok) return null;
      try {
        return { answer: clockAnswer(ack, 'clock'), arrivedAt };
      } catch {
        return null;
      }
    },
    onPlace: (epoch, seq) => feed.onClock(epoch, seq),
    onSilence: () => line.restart(),
  });

  const session = new Session({
    memory,
    open: () => line.open(),
    close: () => line.close(),
    isUp: () => line.isUp,
    ask: (name, payload) => line.ask(name, payload),
    send: (name, payload) => line.send(name, payload),
    after,
    chance,
    onStage: (next) => batch(() => staged(next)),
  });

  const ask = (name: string, payload: Record<string, unknown>) => line.ask(name, { roomId: room.roomId.peek(), ...payload });
  const directory = createDirectory({ ask, after });
  const presence = createPresence({ stage, line: lineState, online, available, after });
  const feed = createFeed({
    ask: (place) => ask('resume', { epoch: place.epoch, seq: place.seq }),
    after,
    chance,
    apply: applyEvent,
    takeSnapshot: (snapshot) => {
      room.takeRoom(snapshot.room, snapshot.timeline);
      chat.takeHistory(snapshot.messages, false, room.meId.peek());
    },
    onStranger: () => session.reseat(),
  });
  const theatre = createTheatre({
    room,
    clock,
    step,
    onForeign: (what, position) => remote.foreign(what, position),
    onDuration: async (seconds) => {
      const ack = await ask('report-duration', { duration: seconds });
      return ack.ok || !ack.retryable;
    },
    onReady: (seq) => line.send('ready', { roomId: room.roomId.peek(), seq }),
    onStall: (stalled, seq) => line.send(stalled ? 'buffering' : 'buffered', { roomId: room.roomId.peek(), seq }),
    onWake: () => {
      if (line.isUp) clock.start();
      else line.hurry();
    },
  });
  const remote = createRemote({
    room,
    theatre,
    toasts,
    ask,
    isHere: () => presence.connection.peek() === 'fine',
    serverNow: () => clock.serverAt(now()),
  });
  const lights = createLights(remote.running, after);
  const outbox = createOutbox({
    chat,
    ask,
    after,
    chance,
    newId,
    isOpen: () => line.isUp && stage.peek().at === 'inside',
    onStranger: () => session.reseat(),
  });
  const talk = createTalk({ outbox, send: (name) => line.send(name, { roomId: room.roomId.peek() }), after });

  function staged(next: Stage): void {
    stage.value = next;
    if (next.at === 'inside') {
      const path = `/room/${next.roomId}`;
      if (sitePath(location.pathname) !== path)
        visit(path, route.value.page === 'create' || route.value.page === 'join' ? 'replace' : 'push');
      return;
    }
    if (next.at === 'returning' || next.at === 'entering' || next.at === 'refused') return;
    if (next.at !== 'replaced') chat.clear();
    directory.clear();
    room.clear();
    feed.reset(null);
    available.value = true;
  }

  function joined(event: Extract<ServerEvent, { name: 'room-joined' }>): void {
    const { room: there, user, messages, epoch, seq } = event.payload;
    const fresh = room.roomId.peek() !== there.id;
    available.value = true;
    // A state of its own, of whatever life of the room: nothing from before it counts.
    feed.reset(epoch !== undefined && seq !== undefined ? { epoch, seq } : null);
    room.apply(event);
    chat.takeHistory(messages, fresh, user.id);
    if (fresh) outbox.restore(unsentIn(there.id, siteStorage(sessionStorage)));
    session.onEvent(event);
    outbox.wake();
  }

  function receive(event: ServerEvent): void {
    switch (event.name) {
      case 'room-joined':
        joined(event);
        return;
      case 'room-availability':
        if (event.payload.roomId === room.roomId.peek()) reachable(event.payload.available);
        return;
      case 'stream-position':
        if (event.payload.roomId === room.roomId.peek()) feed.onPosition(event.payload.epoch, event.payload.seq);
        return;
      default:
        session.onEvent(event);
        feed.receive(event);
    }
  }

  function reachable(yes: boolean): void {
    available.value = yes;
    if (!yes) return;
    feed.hurry();
    outbox.wake();
  }

  function applyEvent(event: ServerEvent): void {
    const happening = tell(event, { nameOf: room.nameOf, isMe: (id) => id !== null && id === room.meId.peek() });
    const moved =
      event.name === 'timeline' &&
      event.payload.seq === room.timeline.peek()?.seq &&
      event.payload.epoch === room.timeline.peek()?.epoch;
    if (happening !== null && !moved) {
      chat.note(happening);
      if (happening.topic === 'playback' && !happening.text.startsWith('You ')) toasts.show(happening.text);
      if (happening.text === 'You hold the remote now') toasts.show(happening.text);
    }
    const me = room.meId.peek();
    room.apply(event);
    directory.apply(event);
    switch (event.name) {
      case 'presence':
        for (const id of [...(event.payload.left ?? []), ...(event.payload.away ?? [])]) chat.stopTyping(id);
        break;
      case 'user-left':
        // While this page stands in the room: it was taken for gone.
        if (event.payload.userId === me) session.reseat();
        chat.stopTyping(event.payload.userId);
        break;
      case 'new-message':
        chat.add(event.payload.message, event.payload.message.userId === me);
        break;
      case 'user-typing':
        chat.startTyping(event.payload.userId, event.payload.userName);
        break;
      case 'user-stopped-typing':
      case 'user-away':
        chat.stopTyping(event.payload.userId);
        break;
      default:
    }
  }

  effect(() => {
    if (presence.connection.value === 'fine') untracked(() => toasts.withdraw(NOT_HERE));
  });

  // The others see how this viewer fares: soon after it changes, and not at every flicker.
  let cancelSoon: (() => void) | null = null;
  effect(() => {
    void step.state.value;
    untracked(() => {
      cancelSoon?.();
      cancelSoon = after(STATE_SETTLES_MS, () => {
        if (step.state.peek() !== theatre.toldState) clock.soon();
      });
    });
  });

  effect(() => {
    const here = route.value;
    untracked(() => {
      if (here.page === 'room') session.arrive(here.roomId);
      else if (session.stage.at !== 'outside' && session.stage.at !== 'entering') session.leave();
    });
  });

  window.addEventListener('online', () => {
    online.value = true;
    line.hurry();
    if (line.isUp) clock.start();
  });
  window.addEventListener('offline', () => (online.value = false));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) line.hurry();
  });

  keepUnsent({ entries: chat.entries, roomId: room.roomId, storage: siteStorage(sessionStorage) });

  return {
    room,
    directory,
    chat,
    theatre,
    step,
    remote,
    talk,
    lights,
    session,
    memory,
    toasts,
    stage,
    lineState,
    online,
    ...presence,
  };
}

export type App = ReturnType<typeof createApp>;
