/** A fake Socket.IO client socket, whose server side the test controls. */
import { readAck } from '../../src/protocol/messages';

export interface SentRequest {
  name: string;
  payload: Record<string, unknown>;
  answer(ack: Record<string, unknown>): Promise<void>;
}

export class FakeSocket {
  connected = false;
  auth: (give: (payload: Record<string, unknown>) => void) => void = () => undefined;
  connectCalls = 0;
  requests: SentRequest[] = [];
  sent: { name: string; payload: unknown }[] = [];
  /** Commands that the test answers itself; all others are answered at once. */
  manualAnswers = new Set<string>();
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
          this.requests.push({ name, payload, answer });
          if (!this.manualAnswers.has(name)) resolve(readAck(name === 'clock' ? clock(payload) : { ok: true }));
        }),
    };
  }

  connect(): this {
    this.connectCalls++;
    return this;
  }

  disconnect(): this {
    if (this.connected) this.drop('io client disconnect');
    return this;
  }

  /** Simulates the server accepting the connection. */
  acceptConnection(): void {
    this.connected = true;
    this.receive('connect');
  }

  drop(reason: string): void {
    this.connected = false;
    for (const reject of this.open.splice(0)) reject(new Error('disconnected'));
    this.receive('disconnect', reason);
  }

  ping(): void {
    this.managerListeners.get('ping')?.();
  }

  failConnect(reason = 'websocket error'): void {
    this.receive('connect_error', new Error(reason));
  }

  receive(name: string, payload?: unknown): void {
    for (const run of this.listeners.get(name) ?? []) run(payload);
  }

  lastRequest(name: string): SentRequest {
    const found = this.requests.filter((one) => one.name === name).at(-1);
    if (found === undefined) throw new Error(`nobody has asked for ${name}`);
    return found;
  }

  requestCount(name: string): number {
    return this.requests.filter((one) => one.name === name).length;
  }
}

function clock(payload: Record<string, unknown>): Record<string, unknown> {
  const t = Number(payload['t1']) + 1e6;
  return { ok: true, t1: payload['t1'], t2: t, t3: t, clockEpoch: 1, epoch: null, seq: null };
}

interface FakeSocketRegistry {
  sockets: FakeSocket[];
  options: unknown;
}

const holder = globalThis as { fakeSocketRegistry?: FakeSocketRegistry };

/** All sockets of the current test, and the last options. Kept on `globalThis`, because tests reload modules. */
export const registry: FakeSocketRegistry = (holder.fakeSocketRegistry ??= { sockets: [], options: null });

/** Replaces the client library's `io`: `vi.mock('socket.io-client', () => import('./support/fake-socket'))`. */
export function io(options: unknown): FakeSocket {
  const socket = new FakeSocket();
  registry.sockets.push(socket);
  registry.options = options;
  return socket;
}

/** Returns the newest socket. */
export function currentSocket(): FakeSocket {
  const socket = registry.sockets.at(-1);
  if (socket === undefined) throw new Error('no socket has been created');
  return socket;
}
