/** Everything is built and connected here, and nowhere else. The components get the result through a context. */
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { createChatStore } from '../chat/chat-store';
import { ClockPoller } from '../clock/poller';
import { Line, type LineState } from '../net/connection';
import { createMemory } from '../net/seat';
import { Session, type Stage } from '../net/session';
import { type ServerEvent, clockAnswer, readEvent, resumeAnswer } from '../protocol/messages';
import { Mismatch } from '../protocol/check';
import { createRoomStore } from '../room/room-store';
import { tell } from '../room/narrator';
import { Stream } from '../room/stream';
import { createRemote } from './remote';
import { createLights } from './lights';
import { createStep } from './step';
import { createTalk } from './talk';
import { createTheatre } from './theatre';
import { createToasts } from './toasts';
import { route, visit } from './router';

const now = () => performance.now();

function after(ms: number, run: () => void): () => void {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
}

const CLOCK_TIMEOUT_MS = 4000;
/** A clock answer may overtake an event by a moment; only a lasting lead is a hole. */
const BEHIND_PATIENCE_MS = 600;
const STATE_SETTLES_MS = 1500;

export function createApp() {
  const memory = createMemory(sessionStorage, localStorage);
  const step = createStep(localStorage);
  const room = createRoomStore();
  const chat = createChatStore();
  const toasts = createToasts(after);
  const stage = signal<Stage>({ at: 'outside' });
  const lineState = signal<LineState>('idle');
  const online = signal(navigator.onLine);
  const stream = new Stream();
  /** Events that came while a hole is being filled. */
  let waiting: ServerEvent[] | null = null;

  const line: Line = new Line({
    auth: () => session.auth(),
    onState: (state) => {
      lineState.value = state;
      if (state === 'up') clock.start();
      else clock.stop();
      session.onLine(state);
    },
    onEvent: (event) => batch(() => receive(event)),
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
    onPlace: (epoch, seq) => {
      if (stream.behind(epoch, seq)) {
        after(BEHIND_PATIENCE_MS, () => {
          if (stream.behind(epoch, seq)) void fillHole();
        });
      }
    },
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
    onStage: (next) => batch(() => staged(next)),
  });

  const ask = (name: string, payload: Record<string, unknown>) => line.ask(name, { roomId: room.roomId.peek(), ...payload });
  const theatre = createTheatre({
    room,
    clock,
    step,
    onForeign: (what, position) => remote.foreign(what, position),
    onDuration: (seconds) => void ask('report-duration', { duration: seconds }),
    onReady: (seq) => line.send('ready', { roomId: room.roomId.peek(), seq }),
    onStall: (stalled, seq) => line.send(stalled ? 'buffering' : 'buffered', { roomId: room.roomId.peek(), seq }),
    onWake: () => {
      if (line.isUp) clock.start();
      else line.hurry();
    },
  });
  const remote = createRemote({ room, theatre, toasts, ask, serverNow: () => clock.serverAt(now()) });
  const lights = createLights(remote.running, after);
  const talk = createTalk({ chat, ask, send: (name) => line.send(name, { roomId: room.roomId.peek() }), after });

  function staged(next: Stage): void {
    stage.value = next;
    if (next.at === 'inside') {
      const path = `/room/${next.roomId}`;
      if (location.pathname !== path)
        visit(path, route.value.page === 'create' || route.value.page === 'join' ? 'replace' : 'push');
      return;
    }
    if (next.at === 'returning' || next.at === 'entering' || next.at === 'refused') return;
    if (next.at !== 'replaced') chat.clear();
    room.clear();
    stream.reset(null);
    waiting = null;
  }

  function markOf(event: ServerEvent): string {
    const payload = event.payload as { userId?: string; user?: { id: string }; message?: { id: string } };
    return [event.name, payload.userId ?? payload.user?.id ?? payload.message?.id].filter(Boolean).join(' ');
  }

  function receive(event: ServerEvent): void {
    if (event.name === 'room-joined') {
      const fresh = room.roomId.peek() !== event.payload.room.id;
      waiting = null;
      const { epoch, seq } = event.payload;
      stream.reset(epoch !== undefined && seq !== undefined ? { epoch, seq } : null);
      room.apply(event);
      chat.takeHistory(event.payload.messages, fresh, event.payload.user.id);
      session.onEvent(event);
      talk.lineBack();
      return;
    }
    session.onEvent(event);
    const place = event.payload as { epoch?: number; seq?: number };
    if (waiting !== null && place.seq !== undefined) {
      waiting.push(event);
      return;
    }
    const verdict = stream.offer(markOf(event), place.epoch, place.seq);
    if (verdict === 'duplicate') return;
    if (verdict === 'gap') {
      waiting = [event];
      void fillHole();
      return;
    }
    applyEvent(event);
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
    room.apply(event);
    switch (event.name) {
      case 'new-message':
        chat.add(event.payload.message, event.payload.message.userId === room.meId.peek());
        break;
      case 'user-typing':
        chat.startTyping(event.payload.userId, event.payload.userName);
        break;
      case 'user-stopped-typing':
      case 'user-left':
      case 'user-away':
        chat.stopTyping(event.payload.userId);
        break;
      default:
    }
  }

  /** SQ2: asks for what is missing; events that arrive meanwhile are kept for afterwards. */
  async function fillHole(): Promise<void> {
    const place = stream.at;
    if (place === null) return;
    waiting ??= [];
    const ack = await ask('resume', { epoch: place.epoch, seq: place.seq });
    if (waiting === null) return;
    const held = waiting;
    waiting = null;
    if (!ack.ok) {
      if (ack.code !== 'no_line') stream.reset(null);
      return;
    }
    try {
      const answer = resumeAnswer(ack, 'resume');
      batch(() => {
        if (answer.snapshot !== undefined) {
          room.takeRoom(answer.snapshot.room, answer.snapshot.timeline);
          chat.takeHistory(answer.snapshot.messages, false, room.meId.peek());
          stream.reset({ epoch: answer.epoch, seq: answer.seq });
        }
        for (const [name, payload] of answer.events ?? []) {
          const event = readEvent(name, payload);
          if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
          else receive(event);
        }
        stream.advance({ epoch: answer.epoch, seq: answer.seq });
        for (const event of held) receive(event);
      });
    } catch (problem) {
      console.warn('The answer to resume cannot be read', problem);
    }
  }

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

  const connection = computed(() => {
    if (stage.value.at !== 'inside' && stage.value.at !== 'returning') return 'none' as const;
    if (!online.value) return 'offline' as const;
    return stage.value.at === 'returning' || lineState.value !== 'up' ? ('returning' as const) : ('fine' as const);
  });

  return { room, chat, theatre, step, remote, talk, lights, session, memory, toasts, stage, lineState, online, connection };
}

export type App = ReturnType<typeof createApp>;
