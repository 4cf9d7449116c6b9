/** Creates the app over a fake socket, without rendering it. The test mocks `socket.io-client` itself. */
import { vi } from 'vitest';
import type { App } from '../../src/app/app';
import { currentSocket, registry } from './fake-socket';
import { aMessage, aTimeline, joined } from './wire';

export function createAppHarness() {
  let app: App;
  const settle = () => vi.advanceTimersByTimeAsync(0);

  /** Creates the app of a new page. Each page imports the modules anew, because the route is read when one loads. */
  async function load(): Promise<void> {
    vi.resetModules();
    app = (await import('../../src/app/app')).createApp();
  }

  /** Joins the room ABC123 at epoch 1, seq 5. */
  async function enter(): Promise<void> {
    app.session.join('ABC123', 'Ana');
    currentSocket().acceptConnection();
    await settle();
    currentSocket().receive('room-joined', joined({ epoch: 1, seq: 5, timeline: aTimeline({ item: 0, seq: 0 }) }));
    await settle();
  }

  /** For `beforeEach`: resets storage, timers and sockets, and loads a page. */
  async function fresh(): Promise<() => void> {
    vi.useFakeTimers();
    history.replaceState(null, '', '/');
    sessionStorage.clear();
    localStorage.clear();
    registry.sockets.length = 0;
    await load();
    return () => void vi.useRealTimers();
  }

  return {
    settle,
    load,
    enter,
    fresh,
    socket: currentSocket,
    get app() {
      return app;
    },
    /** Returns the texts of all messages from the server. */
    texts: () => app.chat.entries.value.flatMap((entry) => (entry.kind === 'message' ? [entry.message.message] : [])),
    /** Returns the pending messages with their state. */
    pending: () =>
      app.chat.entries.value.flatMap((entry) => (entry.kind === 'pending' ? [`${entry.text} (${entry.state})`] : [])),
    /** Returns the names of all known members. */
    names: () => app.room.users.value.map((user) => user.name),
  };
}

/** Returns a `new-message` payload of epoch 1. */
export function messageEvent(id: string, seq: number) {
  return { message: aMessage({ id, message: id }), epoch: 1, seq };
}
