/** The line to the server: one Socket.IO socket that comes back by itself, and checked messages in both directions. */
import { type Socket, io } from 'socket.io-client';
import { Mismatch } from '../protocol/check';
import { siteAddress } from './base-path';
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
  /** The server has pinged, and was answered. */
  onHeartbeat(): void;
  /** Whether this page has a seat to come back to: then a server that hangs up is asked for much longer. */
  hasSeat(): boolean;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

const ACK_TIMEOUT_MS = 8000;
/** The first try after a line that stood comes at once, a little apart from those of the others whose server has gone. */
const FIRST_RETRY_MAX_MS = 300;
const RETRY_MS = [600, 1200, 2500, 4000];
/** After a line that was used, but not for long, the tries need not be as far apart as before it. */
const SHORT_LIFE_MS = 3000;
const ATTEMPTS_AFTER_SHORT_LIFE = 2;
/** Opened, but never connected: somebody in between takes what we send and answers nothing. */
const CONNECT_TIMEOUT_MS = 12_000;
/** So often a server may hang up without a word before it is believed that it does not want us. */
const HANG_UPS_MAX = 3;
/** Connections of a server that has died are counted for a while: who had a seat asks for longer than that. */
const HANG_UPS_PATIENCE_MS = 90_000;

export class Line {
  private socket: Socket | null = null;
  private attempts = 0;
  private hangUps = 0;
  private hangUpsSince = 0;
  private upSince: number | null = null;
  /** Whether the server has said anything on this connection. */
  private heard = false;
  private cancelRetry: (() => void) | null = null;
  private cancelWatch: (() => void) | null = null;

  constructor(private readonly ports: LinePorts) {}

  /** Opens the line if it is not open; also the answer to a person's "try again". */
  open(): void {
    this.attempts = 0;
    this.hangUps = 0;
    if (this.socket?.connected === true) return;
    this.ports.onState('connecting');
    this.dial();
  }

  close(): void {
    this.cancelTimers();
    const socket = this.socket;
    this.socket = null;
    this.upSince = null;
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
      const answer: unknown = await socket.timeout(timeoutMs).emitWithAck(name, payload);
      if (this.socket === socket) this.heard = true;
      return readAck(answer);
    } catch {
      return { ok: false, code: 'no_line', error: 'The server did not answer.', retryable: true };
    }
  }

  private cancelTimers(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.cancelWatch?.();
    this.cancelWatch = null;
  }

  private dial(): void {
    this.cancelTimers();
    const socket = (this.socket ??= this.create());
    socket.connect();
    this.cancelWatch = this.ports.after(CONNECT_TIMEOUT_MS, () => {
      if (this.socket !== socket || socket.connected) return;
      this.lost(socket, true);
      socket.io.engine?.close();
    });
  }

  private create(): Socket {
    const socket = io({
      path: siteAddress('/api/socket/io'),
      auth: (give) => give(this.ports.auth()),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: 10_000,
    });
    socket.on('connect', () => {
      this.cancelTimers();
      this.heard = false;
      this.upSince = this.ports.now();
      this.ports.onState('up');
    });
    socket.io.on('ping', () => this.ports.onHeartbeat());
    // Both transports have been tried by then, unless the first was taken and left to starve.
    socket.on('connect_error', (problem) => this.lost(socket, problem.message === 'timeout'));
    socket.on('disconnect', (reason) => this.ended(socket, reason));
    for (const name of Object.keys(serverEvents)) {
      socket.on(name, (payload: unknown) => {
        if (this.socket !== socket) return;
        this.heard = true;
        const event = readEvent(name, payload);
        if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
        else this.ports.onEvent(event);
      });
    }
    return socket;
  }

  private ended(socket: Socket, reason: string): void {
    if (this.socket !== socket) return;
    const since = this.upSince;
    this.upSince = null;
    if (since === null) {
      // It was opened and ended before it stood: by polling behind a proxy that spreads requests, for example.
      this.lost(socket, true);
      return;
    }
    const now = this.ports.now();
    const long = now - since >= SHORT_LIFE_MS;
    if (reason === 'io server disconnect' && !long && !this.heard) {
      if (this.hangUps++ === 0) this.hangUpsSince = now;
      if (this.isUnwanted(now)) {
        this.ports.onState('refused');
        return;
      }
    } else {
      this.hangUps = 0;
      this.attempts = long ? 0 : Math.min(this.attempts, ATTEMPTS_AFTER_SHORT_LIFE);
    }
    this.lost(socket, false);
  }

  private isUnwanted(now: number): boolean {
    return this.hangUps >= HANG_UPS_MAX && (!this.ports.hasSeat() || now - this.hangUpsSince >= HANG_UPS_PATIENCE_MS);
  }

  /** @param otherWay whether the next try begins with the other transport */
  private lost(socket: Socket, otherWay: boolean): void {
    // What fails is sometimes told twice.
    if (this.socket !== socket || this.cancelRetry !== null) return;
    this.cancelTimers();
    if (otherWay) socket.io.opts.transports?.reverse();
    this.ports.onState('lost');
    const attempt = this.attempts++;
    const base = RETRY_MS[Math.min(attempt, RETRY_MS.length) - 1];
    const delay = base === undefined ? Math.random() * FIRST_RETRY_MAX_MS : base * (0.75 + Math.random() / 2);
    this.cancelRetry = this.ports.after(delay, () => this.dial());
  }
}
