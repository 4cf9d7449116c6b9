import { createBrowserStorage } from '../../src/net/browser-storage';
import { Session, type SessionState } from '../../src/net/session';
import { type Ack, type Rejection, readEvent, type ServerEvent } from '../../src/protocol/messages';
import { MemoryStorage } from './memory-storage';
import { aUser, joined } from './wire';

/** An ack that accepts a command. */
export const YES: Ack = { ok: true };
/** Returns an ack that rejects a command. */
export const no = (code: string, error = code, more: Partial<Rejection> = {}): Ack => ({
  ok: false,
  code,
  error,
  retryable: false,
  ...more,
});

/** A session with fake ports: the test answers requests, fires timers and changes the connection. */
export class SessionHarness {
  tab = new MemoryStorage();
  browser = new MemoryStorage();
  memory = createBrowserStorage(this.tab, this.browser);
  up = false;
  asked: { name: string; payload: Record<string, unknown>; answer: (ack: Ack) => Promise<void> }[] = [];
  sent: string[] = [];
  stages: SessionState[] = [];
  timers: { ms: number; run: () => void }[] = [];
  opened = 0;
  closed = 0;
  session: Session;

  constructor() {
    this.session = new Session({
      browserStorage: this.memory,
      connect: () => {
        this.opened++;
      },
      disconnect: () => {
        this.closed++;
        this.up = false;
      },
      isConnected: () => this.up,
      request: (name, payload) =>
        new Promise((resolve) => {
          this.asked.push({
            name,
            payload,
            answer: async (ack) => {
              resolve(ack);
              for (let i = 0; i < 5; i++) await Promise.resolve();
            },
          });
        }),
      send: (name) => this.sent.push(name),
      after: (ms, run) => {
        const timer = { ms, run };
        this.timers.push(timer);
        return () => void (this.timers = this.timers.filter((one) => one !== timer));
      },
      random: () => 0.5,
      onState: (stage) => this.stages.push(stage),
    });
  }

  lineUp() {
    this.up = true;
    this.session.onConnectionState('up');
  }

  lineLost() {
    this.up = false;
    this.session.onConnectionState('lost');
  }

  get stage() {
    return this.session.state;
  }

  get last() {
    return this.asked[this.asked.length - 1]!;
  }

  tell(name: string, payload: unknown) {
    this.session.onEvent(readEvent(name, payload) as ServerEvent);
  }

  fire() {
    const due = this.timers;
    this.timers = [];
    for (const timer of due) timer.run();
  }

  async enter(name = 'Ana') {
    this.session.join('ABC123', name);
    this.lineUp();
    this.tell('room-joined', joined({ user: aUser({ name }) }));
    await this.last.answer(YES);
  }
}
