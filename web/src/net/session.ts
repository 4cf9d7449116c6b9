/**
 * How a person gets into a room and stays there: create, join, come back after a lost line, and every way it can end.
 * Knows the server's codes; knows no screen.
 */
import type { Ack, ServerEvent } from '../protocol/messages';
import { backoff } from './backoff';
import type { LineState } from './connection';
import type { Memory, Seat } from './seat';

export type Stage =
  /** In no room and on the way to none. */
  | { at: 'outside' }
  /** The person is asked for a name; `problem` says why again. */
  | { at: 'door'; roomId: string; problem: string | null }
  /** On the way in; `problem` says what keeps the person waiting. */
  | { at: 'entering'; roomId: string | null; problem?: string }
  | { at: 'inside'; roomId: string }
  /** The seat is being taken back; the room stays on the screen. */
  | { at: 'returning'; roomId: string }
  | { at: 'replaced'; roomId: string }
  | { at: 'closed'; roomId: string; reason: string }
  | { at: 'missing'; roomId: string }
  | { at: 'refused'; roomId: string | null }
  | { at: 'failed'; problem: string };

export interface SessionPorts {
  memory: Memory;
  open(): void;
  close(): void;
  isUp(): boolean;
  ask(name: string, payload: Record<string, unknown>): Promise<Ack>;
  send(name: string, payload: Record<string, unknown>): void;
  after(ms: number, run: () => void): () => void;
  chance(): number;
  onStage(stage: Stage): void;
}

/** The server seats a known tab by itself at connect; if it has not within this time, we ask. */
const SEATED_BY_ITSELF_MS = 400;
/** A server that cannot reach the room is asked again, later and later. */
const AGAIN_MS = [700, 1200, 2000, 3000] as const;
/** Right after an outage a room may still be on its way to the server: it is gone when it is missing so often. */
const MISSING_MAX = 3;

const UNREACHABLE = 'The room cannot be reached right now. Trying again…';
const NO_NEW_ROOMS = 'No room can be opened right now. Please try again in a moment.';

type Wish = { kind: 'create'; name: string } | { kind: 'join'; roomId: string; name: string };

export class Session {
  stage: Stage = { at: 'outside' };
  private wish: Wish | null = null;
  private seat: Seat | null = null;
  private cancelAsk: (() => void) | null = null;
  private asking = false;
  private missing = 0;
  private readonly pause: ReturnType<typeof backoff>;

  constructor(private readonly ports: SessionPorts) {
    this.pause = backoff(AGAIN_MS, ports.chance);
  }

  /** Whether there is a room to come back to. */
  get hasSeat(): boolean {
    return this.stage.at === 'inside' || this.stage.at === 'returning' || this.seat?.sessionToken !== undefined;
  }

  /** The auth payload of the next connection (RS1, RS3). */
  auth(): Record<string, unknown> {
    const token = this.seat?.sessionToken;
    return token === undefined ? { resume: true } : { resume: true, sessionToken: token, roomId: this.seat?.roomId };
  }

  create(name: string): void {
    this.ports.memory.keepName(name);
    this.leave();
    this.wish = { kind: 'create', name };
    this.go({ at: 'entering', roomId: null });
    this.start();
  }

  join(roomId: string, name: string): void {
    this.ports.memory.keepName(name);
    const kept = this.ports.memory.seat(roomId);
    this.seat = kept?.name === name ? kept : null;
    this.wish = { kind: 'join', roomId, name };
    this.go({ at: 'entering', roomId });
    this.start();
  }

  /** The address bar shows a room: the seat of this tab is taken back without a question, anyone else meets the door. */
  arrive(roomId: string): void {
    if ('roomId' in this.stage && this.stage.roomId === roomId && this.stage.at !== 'door') return;
    this.leave();
    const seat = this.ports.memory.seat(roomId);
    if (seat === null) {
      this.go({ at: 'door', roomId, problem: null });
      return;
    }
    this.seat = seat;
    this.wish = { kind: 'join', roomId, name: seat.name };
    this.go({ at: 'entering', roomId });
    this.start();
  }

  /** A person's own way out. */
  leave(): void {
    if (this.stage.at === 'inside' || this.stage.at === 'returning') {
      this.ports.send('leave-room', { roomId: this.stage.roomId });
      this.ports.memory.dropSeat();
    }
    this.forget();
    this.ports.close();
    this.go({ at: 'outside' });
  }

  /** "Use it here", "Try again": the same wish once more. */
  again(): void {
    const roomId = 'roomId' in this.stage ? this.stage.roomId : null;
    if (this.wish === null) return;
    this.go({ at: 'entering', roomId });
    this.ports.close();
    this.start();
  }

  /** The server does not know this page in its room any more: the seat is taken again. */
  reseat(): void {
    if (this.stage.at !== 'inside') return;
    this.go({ at: 'returning', roomId: this.stage.roomId });
    void this.askIn();
  }

  onLine(state: LineState): void {
    if (state === 'up') this.lineUp();
    else this.cancelAsk?.();
    if (state === 'lost' && this.stage.at === 'inside') this.go({ at: 'returning', roomId: this.stage.roomId });
    if (state === 'refused') this.go({ at: 'refused', roomId: this.wish?.kind === 'join' ? this.wish.roomId : null });
  }

  onEvent(event: ServerEvent): void {
    switch (event.name) {
      case 'room-created':
        this.ports.memory.keepHostToken(event.payload.roomId, event.payload.hostToken);
        break;
      case 'room-joined':
        this.seated(event.payload.room.id, event.payload.user.name, event.payload.sessionToken);
        break;
      case 'session-replaced':
        if (this.stage.at === 'inside' || this.stage.at === 'returning') {
          const { roomId } = this.stage;
          this.go({ at: 'replaced', roomId });
          this.ports.close();
        }
        break;
      case 'room-closed': {
        this.ports.memory.dropSeat();
        this.ports.memory.dropHostToken(event.payload.roomId);
        this.forget();
        this.go({ at: 'closed', roomId: event.payload.roomId, reason: event.payload.reason ?? '' });
        this.ports.close();
        break;
      }
      default:
    }
  }

  private start(): void {
    if (this.ports.isUp()) this.lineUp();
    else this.ports.open();
  }

  private lineUp(): void {
    this.cancelAsk?.();
    if (this.wish === null) return;
    if (this.seat?.sessionToken === undefined) void this.askIn();
    else this.cancelAsk = this.ports.after(SEATED_BY_ITSELF_MS, () => void this.askIn());
  }

  private seated(roomId: string, name: string, sessionToken: string | undefined): void {
    this.cancelAsk?.();
    this.missing = 0;
    this.pause.reset();
    const seat: Seat = { roomId, name };
    const token = sessionToken ?? this.seat?.sessionToken;
    if (token !== undefined) seat.sessionToken = token;
    this.seat = seat;
    this.wish = { kind: 'join', roomId, name };
    this.ports.memory.keepSeat(seat);
    this.go({ at: 'inside', roomId });
  }

  private async askIn(): Promise<void> {
    const wish = this.wish;
    if (wish === null || this.asking) return;
    this.asking = true;
    const ack =
      wish.kind === 'create'
        ? await this.ports.ask('create-room', { hostName: wish.name })
        : await this.ports.ask('join-room', this.joinPayload(wish.roomId, wish.name));
    this.asking = false;
    if (wish !== this.wish || ack.ok) return;
    this.refusedEntry(wish, ack.code, ack.error);
  }

  private joinPayload(roomId: string, userName: string): Record<string, unknown> {
    const payload: Record<string, unknown> = { roomId, userName };
    const hostToken = this.ports.memory.hostToken(roomId);
    if (hostToken !== undefined) payload['hostToken'] = hostToken;
    if (this.seat?.sessionToken !== undefined) payload['sessionToken'] = this.seat.sessionToken;
    return payload;
  }

  private refusedEntry(wish: Wish, code: string, error: string): void {
    if (code === 'no_line') {
      // The line's own retry brings us back here; if it stands and only the answer is missing, ask again.
      if (this.ports.isUp()) this.askAgain();
      return;
    }
    if (wish.kind === 'create') {
      if (code === 'rate_limited') this.askAgain();
      else this.wish = null;
      this.go({ at: 'failed', problem: code === 'unavailable' ? NO_NEW_ROOMS : error });
      return;
    }
    if (code === 'unavailable' || (this.hasSeat && this.mayPass(code))) {
      this.askAgain();
      if (this.stage.at === 'entering') this.go({ ...this.stage, problem: UNREACHABLE });
      return;
    }
    if (code === 'bad_host_credentials' && this.ports.memory.hostToken(wish.roomId) !== undefined) {
      this.ports.memory.dropHostToken(wish.roomId);
      void this.askIn();
      return;
    }
    const { roomId } = wish;
    this.ports.memory.dropSeat();
    this.forget();
    if (code === 'room_not_found') {
      this.ports.memory.dropHostToken(roomId);
      this.go({ at: 'missing', roomId });
    } else {
      this.go({ at: 'door', roomId, problem: doorProblem(code, error, wish.name) });
    }
  }

  /** Whether that refusal of somebody who has a seat may be another answer soon. */
  private mayPass(code: string): boolean {
    if (code === 'room_not_found') return ++this.missing < MISSING_MAX;
    return code === 'rate_limited' || code === 'internal';
  }

  private askAgain(): void {
    this.cancelAsk?.();
    this.cancelAsk = this.ports.after(this.pause.next(), () => void this.askIn());
  }

  private forget(): void {
    this.cancelAsk?.();
    this.missing = 0;
    this.pause.reset();
    this.wish = null;
    this.seat = null;
  }

  private go(stage: Stage): void {
    this.stage = stage;
    this.ports.onStage(stage);
  }
}

function doorProblem(code: string, error: string, name: string): string {
  switch (code) {
    case 'name_taken':
      return `Somebody called ${name} is already inside. Please take another name.`;
    case 'bad_host_credentials':
      return `The name ${name} belongs to the host of this room. Please take another name.`;
    case 'room_full':
      return 'Every seat in this room is taken.';
    case 'rate_limited':
      return 'That was a lot of tries. Please wait a moment.';
    default:
      return error;
  }
}
