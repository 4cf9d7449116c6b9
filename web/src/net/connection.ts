/** The line to the server: one Socket.IO socket that comes back by itself, and checked messages in both directions. */
import { type Socket, io } from 'socket.io-client';
import { Mismatch } from '../protocol/check';
import { type Ack, type ServerEvent, readAck, readEvent, serverEvents } from '../protocol/messages';

export type LineState =
  | 'idle'
  | 'connecting'
  | 'up'
  /** Lost; the next try is under way or planned. */
  | 'lost'
  /** The server does not want us; only a person can try again. */
  | 'refused';

export interface LinePorts {
  auth(): Record<string, unknown>;
  onState(state: LineState): void;
  onEvent(event: ServerEvent): void;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

const ACK_TIMEOUT_MS = 8000;
const RETRY_MS = [250, 600, 1200, 2500, 4000];
/** A connection that the server ends sooner than this was not wanted. */
const SHORT_LIFE_MS = 3000;
const SHORT_LIVES_MAX = 4;

export class Line {
  private socket: Socket | null = null;
  private attempts = 0;
  private shortLives = 0;
  private upSince = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(private readonly ports: LinePorts) {}

  /** Opens the line if it is not open; also the answer to a person's "try again". */
  open(): void {
    this.attempts = 0;
    this.shortLives = 0;
    if (this.socket?.connected === true) return;
    this.ports.onState('connecting');
    this.dial();
  }

  close(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    const socket = this.socket;
    this.socket = null;
    socket?.disconnect();
    this.ports.onState('idle');
  }

  /** Tries at once instead of when the next try is due: the network is back, or the page woke up. */
  hurry(): void {
    if (this.cancelRetry !== null) this.dial();
  }

  /** Drops a line that is dead without knowing it, and dials again. */
  restart(): void {
    this.socket?.io.engine?.close();
  }

  get isUp(): boolean {
    return this.socket?.connected === true;
  }

  send(name: string, payload: Record<string, unknown>): void {
    if (this.isUp) this.socket?.emit(name, payload);
  }

  /** A command with its answer. No line and no answer are refusals too: retryable, code `no_line`. */
  async ask(name: string, payload: Record<string, unknown>, timeoutMs = ACK_TIMEOUT_MS): Promise<Ack> {
    const socket = this.socket;
    if (socket === null || !socket.connected) {
      return { ok: false, code: 'no_line', error: 'There is no connection right now.', retryable: true };
    }
    try {
      return readAck(await socket.timeout(timeoutMs).emitWithAck(name, payload));
    } catch {
      return { ok: false, code: 'no_line', error: 'The server did not answer.', retryable: true };
    }
  }

  private dial(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.socket ??= this.create();
    this.socket.connect();
  }

  private create(): Socket {
    const socket = io({
      path: '/api/socket/io',
      auth: (give) => give(this.ports.auth()),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: 10_000,
    });
    socket.on('connect', () => {
      this.attempts = 0;
      this.upSince = this.ports.now();
      this.ports.onState('up');
    });
    socket.on('connect_error', () => {
      // A proxy may take a websocket and let it starve: the next try goes the other way round.
      socket.io.opts.transports?.reverse();
      this.lost(socket);
    });
    socket.on('disconnect', (reason) => {
      if (this.socket !== socket) return;
      const short = this.ports.now() - this.upSince < SHORT_LIFE_MS;
      this.shortLives = short ? this.shortLives + 1 : 0;
      if ((reason === 'io server disconnect' && short) || this.shortLives >= SHORT_LIVES_MAX) {
        this.ports.onState('refused');
        return;
      }
      this.lost(socket);
    });
    for (const name of Object.keys(serverEvents)) {
      socket.on(name, (payload: unknown) => {
        if (this.socket !== socket) return;
        const event = readEvent(name, payload);
        if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
        else this.ports.onEvent(event);
      });
    }
    return socket;
  }

  private lost(socket: Socket): void {
    if (this.socket !== socket) return;
    this.ports.onState('lost');
    const base = RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)] ?? 4000;
    this.cancelRetry?.();
    this.cancelRetry = this.ports.after(base * (0.75 + Math.random() / 2), () => this.dial());
  }
}
