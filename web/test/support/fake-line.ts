/** A Socket.IO socket that a test holds the other end of. */
import { readAck } from '../../src/protocol/messages';

export interface Asked {
  name: string;
  payload: Record<string, unknown>;
  answer(ack: Record<string, unknown>): Promise<void>;
}

export class FakeSocket {
  connected = false;
  auth: (give: (payload: Record<string, unknown>) => void) => void = () => undefined;
  dials = 0;
  asked: Asked[] = [];
  sent: { name: string; payload: unknown }[] = [];
  /** Names the test answers by itself; all others are answered at once as the server would. */
  held = new Set<string>();
  readonly io = {
    opts: { transports: ['websocket', 'polling'] },
    engine: { close: () => this.drop('transport close') },
    on: (name: 'ping', run: () => void) => void this.managerListeners.set(name, run),
  };
  private managerListeners = new Map<string, () => void>();
  private listeners = new Map<string, ((payload: unknown) => void)[]>();
  private open: ((reason: Error) => void)[] = [];

  on(name: string, run: (payload: unknown) => void): this {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), run]);
    return this;
  }

  emit(name: string, payload: unknown): void {
    this.sent.push({ name, payload });
  }

  timeout(ms: number) {
    return {
      emitWithAck: (name: string, payload: Record<string, unknown>): Promise<unknown> =>
        new Promise((resolve, reject) => {
          this.open.push(reject);
          setTimeout(() => reject(new Error('timeout')), ms);
          const answer = async (ack: Record<string, unknown>) => {
            resolve(ack);
            for (let i = 0; i < 6; i++) await Promise.resolve();
          };
          this.asked.push({ name, payload, answer });
          if (!this.held.has(name)) resolve(readAck(name === 'clock' ? clock(payload) : { ok: true }));
        }),
    };
  }

  connect(): this {
    this.dials++;
    return this;
  }

  disconnect(): this {
    if (this.connected) this.drop('io client disconnect');
    return this;
  }

  /** The server's side. */
  accept(): void {
    this.connected = true;
    this.tell('connect');
  }

  drop(reason: string): void {
    this.connected = false;
    for (const reject of this.open.splice(0)) reject(new Error('disconnected'));
    this.tell('disconnect', reason);
  }

  ping(): void {
    this.managerListeners.get('ping')?.();
  }

  refuse(reason = 'websocket error'): void {
    this.tell('connect_error', new Error(reason));
  }

  tell(name: string, payload?: unknown): void {
    for (const run of this.listeners.get(name) ?? []) run(payload);
  }

  last(name: string): Asked {
    const found = this.asked.filter((one) => one.name === name).at(-1);
    if (found === undefined) throw new Error(`nobody has asked for ${name}`);
    return found;
  }

  count(name: string): number {
    return this.asked.filter((one) => one.name === name).length;
  }
}

function clock(payload: Record<string, unknown>): Record<string, unknown> {
  const t = Number(payload['t1']) + 1e6;
  return { ok: true, t1: payload['t1'], t2: t, t3: t, clockEpoch: 1, epoch: null, seq: null };
}
