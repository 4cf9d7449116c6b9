/** The Socket.IO connection to the server: reconnects by itself and checks every message. */
import { type Socket, io } from 'socket.io-client';
import { Mismatch } from '../protocol/check';
import { siteAddress } from './base-path';
import { type Ack, type ServerEvent, readAck, readEvent, serverEvents } from '../protocol/messages';

export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'up'
  /** Lost; a retry is running or scheduled. */
  | 'lost'
  /** The server refuses this client; only the viewer can retry. */
  | 'refused';

export interface SocketConnectionPorts {
  auth(): Record<string, unknown>;
  onState(state: ConnectionState): void;
  onEvent(event: ServerEvent): void;
  /** Called after each server ping. */
  onServerPing(): void;
  /** Whether this client has a seat to return to; it then retries much longer after disconnects by the server. */
  hasSeat(): boolean;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

const ACK_TIMEOUT_MS = 8000;
/** The first retry after a working connection is immediate, with jitter to spread the clients of a lost server. */
const FIRST_RETRY_MAX_MS = 300;
const RETRY_MS = [600, 1200, 2500, 4000];
/** After a short connection that was used, the backoff restarts from a later attempt. */
const SHORT_CONNECTION_MS = 3000;
const ATTEMPTS_AFTER_SHORT_CONNECTION = 2;
/** Time limit for the Socket.IO handshake; an intermediary may accept data and answer nothing. */
const CONNECT_TIMEOUT_MS = 12_000;
/** Disconnects without any message after which the server is taken to refuse this client. */
const QUICK_DISCONNECTS_MAX = 3;
/** A lost server's connections still count against the limit for a while, so a client with a seat retries longer. */
const QUICK_DISCONNECTS_WITH_SEAT_MS = 90_000;

export class SocketConnection {
  private socket: Socket | null = null;
  private attempts = 0;
  private quickDisconnects = 0;
  private quickDisconnectsSince = 0;
  private upSince: number | null = null;
  /** Whether the server has sent anything on this connection. */
  private receivedAny = false;
  private cancelRetry: (() => void) | null = null;
  private cancelConnectTimeout: (() => void) | null = null;

  constructor(private readonly ports: SocketConnectionPorts) {}

  /** Opens the connection if needed; also the viewer's "try again". */
  open(): void {
    this.attempts = 0;
    this.quickDisconnects = 0;
    if (this.socket?.connected === true) return;
    this.ports.onState('connecting');
    this.connect();
  }

  close(): void {
    this.cancelTimers();
    const socket = this.socket;
    this.socket = null;
    this.upSince = null;
    socket?.disconnect();
    this.ports.onState('idle');
  }

  /** Runs a scheduled retry now, because the network is back or the page woke up. */
  retryNow(): void {
    if (this.cancelRetry !== null) this.connect();
  }

  /** Closes a dead connection, which starts a reconnect. */
  restart(): void {
    this.socket?.io.engine?.close();
  }

  get isConnected(): boolean {
    return this.socket?.connected === true;
  }

  send(name: string, payload: Record<string, unknown>): void {
    if (this.isConnected) this.socket?.emit(name, payload);
  }

  /**
   * Sends a command and resolves to its ack. Without a connection or an answer it resolves to a retryable rejection,
   * code `no_connection`.
   */
  async request(name: string, payload: Record<string, unknown>, timeoutMs = ACK_TIMEOUT_MS): Promise<Ack> {
    const socket = this.socket;
    if (socket === null || !socket.connected) {
      return { ok: false, code: 'no_connection', error: 'There is no connection right now.', retryable: true };
    }
    try {
      const answer: unknown = await socket.timeout(timeoutMs).emitWithAck(name, payload);
      if (this.socket === socket) this.receivedAny = true;
      return readAck(answer);
    } catch {
      return { ok: false, code: 'no_connection', error: 'The server did not answer.', retryable: true };
    }
  }

  private cancelTimers(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.cancelConnectTimeout?.();
    this.cancelConnectTimeout = null;
  }

  private connect(): void {
    this.cancelTimers();
    const socket = (this.socket ??= this.createSocket());
    socket.connect();
    this.cancelConnectTimeout = this.ports.after(CONNECT_TIMEOUT_MS, () => {
      if (this.socket !== socket || socket.connected) return;
      this.scheduleRetry(socket, true);
      socket.io.engine?.close();
    });
  }

  private createSocket(): Socket {
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
      this.receivedAny = false;
      this.upSince = this.ports.now();
      this.ports.onState('up');
    });
    socket.io.on('ping', () => this.ports.onServerPing());
    // A failed connect has tried both transports, unless the first one timed out.
    socket.on('connect_error', (problem) => this.scheduleRetry(socket, problem.message === 'timeout'));
    socket.on('disconnect', (reason) => this.onDisconnect(socket, reason));
    for (const name of Object.keys(serverEvents)) {
      socket.on(name, (payload: unknown) => {
        if (this.socket !== socket) return;
        this.receivedAny = true;
        const event = readEvent(name, payload);
        if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
        else this.ports.onEvent(event);
      });
    }
    return socket;
  }

  private onDisconnect(socket: Socket, reason: string): void {
    if (this.socket !== socket) return;
    const since = this.upSince;
    this.upSince = null;
    if (since === null) {
      // Closed during the handshake, for example with polling behind a proxy without sticky sessions.
      this.scheduleRetry(socket, true);
      return;
    }
    const now = this.ports.now();
    const long = now - since >= SHORT_CONNECTION_MS;
    if (reason === 'io server disconnect' && !long && !this.receivedAny) {
      if (this.quickDisconnects++ === 0) this.quickDisconnectsSince = now;
      if (this.isRefused(now)) {
        this.ports.onState('refused');
        return;
      }
    } else {
      this.quickDisconnects = 0;
      this.attempts = long ? 0 : Math.min(this.attempts, ATTEMPTS_AFTER_SHORT_CONNECTION);
    }
    this.scheduleRetry(socket, false);
  }

  private isRefused(now: number): boolean {
    return (
      this.quickDisconnects >= QUICK_DISCONNECTS_MAX &&
      (!this.ports.hasSeat() || now - this.quickDisconnectsSince >= QUICK_DISCONNECTS_WITH_SEAT_MS)
    );
  }

  /** @param switchTransport whether the next attempt starts with the other transport */
  private scheduleRetry(socket: Socket, switchTransport: boolean): void {
    // Some failures are reported twice.
    if (this.socket !== socket || this.cancelRetry !== null) return;
    this.cancelTimers();
    if (switchTransport) socket.io.opts.transports?.reverse();
    this.ports.onState('lost');
    const attempt = this.attempts++;
    const base = RETRY_MS[Math.min(attempt, RETRY_MS.length) - 1];
    const delay = base === undefined ? Math.random() * FIRST_RETRY_MAX_MS : base * (0.75 + Math.random() / 2);
    this.cancelRetry = this.ports.after(delay, () => this.connect());
  }
}
