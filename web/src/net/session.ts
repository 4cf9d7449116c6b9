/**
 * The viewer's session in a room: create, join, rejoin after a lost connection, and every way it can end. Knows the
 * server's codes, but no screen.
 */
import type { Ack, Rejection, ServerEvent } from '../protocol/messages';
import type { SettingsChange } from '../protocol/room-access';
import { backoff } from './backoff';
import { type EntryState, entryState, turnedAwayReason } from './entry-answers';
import type { ConnectionState } from './socket-connection';
import type { BrowserStorage, SavedSeat } from './browser-storage';

export type SessionState =
  /** In no room and joining none. */
  | { phase: 'idle' }
  /** The viewer is asked for a name; `problem` says why the last one was rejected. */
  | { phase: 'name-needed'; roomId: string; problem: string | null }
  /** Joining; `problem` says what delays it. */
  | { phase: 'joining'; roomId: string | null; problem?: string }
  | { phase: 'joined'; roomId: string }
  /** Rejoining; the room stays on the screen. */
  | { phase: 'reconnecting'; roomId: string }
  | { phase: 'replaced'; roomId: string }
  | { phase: 'closed'; roomId: string; reason: string }
  | { phase: 'not-found'; roomId: string }
  | { phase: 'refused'; roomId: string | null }
  | { phase: 'failed'; problem: string }
  | EntryState;

export interface SessionPorts {
  browserStorage: BrowserStorage;
  connect(): void;
  disconnect(): void;
  isConnected(): boolean;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  send(name: string, payload: Record<string, unknown>): void;
  after(ms: number, run: () => void): () => void;
  random(): number;
  onState(state: SessionState): void;
}

/** The server seats a known session at connect; after this time the client sends a join itself. */
const SERVER_SEATS_WITHIN_MS = 400;
/** Delays between joins while the server cannot reach the room. */
const RETRY_MS = [700, 1200, 2000, 3000] as const;
/** After an outage a server may not know the room yet, so several rejections are needed. */
const NOT_FOUND_MAX = 3;

const UNREACHABLE = 'The room cannot be reached right now. Trying again…';
const NO_NEW_ROOMS = 'No room can be opened right now. Please try again in a moment.';

/** Settings and password of a new room. */
export interface NewRoom {
  settings?: SettingsChange;
  password?: string;
}

type JoinIntent =
  | { kind: 'create'; name: string; room: NewRoom }
  /** The password is kept until the server has answered. */
  | { kind: 'join'; roomId: string; name: string; password?: string };

export class Session {
  state: SessionState = { phase: 'idle' };
  private intent: JoinIntent | null = null;
  private seat: SavedSeat | null = null;
  private cancelRequest: (() => void) | null = null;
  private requestPending = false;
  private notFoundCount = 0;
  private readonly retryDelay: ReturnType<typeof backoff>;

  constructor(private readonly ports: SessionPorts) {
    this.retryDelay = backoff(RETRY_MS, ports.random);
  }

  /** Whether there is a seat to return to. */
  get hasSeat(): boolean {
    return this.state.phase === 'joined' || this.state.phase === 'reconnecting' || this.seat?.sessionToken !== undefined;
  }

  /** Returns the auth payload of the next connection (RS1, RS3, RT20). */
  auth(): Record<string, unknown> {
    const token = this.seat?.sessionToken;
    const seat = token === undefined ? {} : { sessionToken: token, roomId: this.seat?.roomId };
    return { resume: true, names: 'unicode', ...seat };
  }

  create(name: string, room: NewRoom = {}): void {
    this.ports.browserStorage.saveName(name);
    this.leave();
    this.intent = { kind: 'create', name, room };
    this.setState({ phase: 'joining', roomId: null });
    this.start();
  }

  join(roomId: string, name: string): void {
    this.ports.browserStorage.saveName(name);
    const kept = this.ports.browserStorage.loadSeat(roomId);
    this.seat = kept?.name === name ? kept : null;
    this.intent = { kind: 'join', roomId, name };
    this.setState({ phase: 'joining', roomId });
    this.start();
  }

  /** Opens a room's address: a stored seat rejoins at once, otherwise the viewer is asked for a name. */
  openRoom(roomId: string): void {
    if ('roomId' in this.state && this.state.roomId === roomId && this.state.phase !== 'name-needed') return;
    this.leave();
    const seat = this.ports.browserStorage.loadSeat(roomId);
    if (seat === null) {
      this.setState({ phase: 'name-needed', roomId, problem: null });
      return;
    }
    this.seat = seat;
    this.intent = { kind: 'join', roomId, name: seat.name };
    this.setState({ phase: 'joining', roomId });
    this.start();
  }

  /** Joins with a password, after the server has asked for one. */
  enterPassword(password: string): void {
    if (this.state.phase !== 'password-needed' || this.intent?.kind !== 'join') return;
    this.intent = { ...this.intent, password };
    this.setState({ phase: 'password-needed', roomId: this.state.roomId, problem: null, busy: true });
    this.start();
  }

  /** Leaves the room at the viewer's request, or stops waiting for approval. */
  leave(): void {
    if (this.state.phase === 'joined' || this.state.phase === 'reconnecting' || this.state.phase === 'waiting') {
      this.ports.send('leave-room', { roomId: this.state.roomId });
      this.ports.browserStorage.removeSeat();
    }
    this.forget();
    this.ports.disconnect();
    this.setState({ phase: 'idle' });
  }

  /** Tries again with an invitation that has come while the viewer waits, or after a rejection. */
  onInvitation(): void {
    const { state } = this;
    if (state.phase !== 'waiting' && state.phase !== 'password-needed' && state.phase !== 'turned-away') return;
    if (this.intent !== null) {
      this.retry();
      return;
    }
    // A removed member is asked for a name again.
    this.leave();
    this.openRoom(state.roomId);
  }

  /** Repeats the last create or join ("Use it here", "Try again"). */
  retry(): void {
    const roomId = 'roomId' in this.state ? this.state.roomId : null;
    if (this.intent === null) return;
    this.setState({ phase: 'joining', roomId });
    this.ports.disconnect();
    this.start();
  }

  /** Takes the seat again, because the server no longer knows this client. */
  rejoin(): void {
    if (this.state.phase !== 'joined') return;
    this.setState({ phase: 'reconnecting', roomId: this.state.roomId });
    void this.requestJoin();
  }

  onConnectionState(state: ConnectionState): void {
    if (state === 'up') this.onConnected();
    else this.cancelRequest?.();
    if (state === 'lost' && this.state.phase === 'joined') this.setState({ phase: 'reconnecting', roomId: this.state.roomId });
    if (state === 'refused')
      this.setState({ phase: 'refused', roomId: this.intent?.kind === 'join' ? this.intent.roomId : null });
  }

  onEvent(event: ServerEvent): void {
    switch (event.name) {
      case 'room-created':
        this.ports.browserStorage.saveHostToken(event.payload.roomId, event.payload.hostToken);
        break;
      case 'room-joined':
        this.onJoined(event.payload.room.id, event.payload.user.name, event.payload.sessionToken);
        break;
      case 'session-replaced':
        if (this.state.phase === 'joined' || this.state.phase === 'reconnecting') {
          const { roomId } = this.state;
          this.setState({ phase: 'replaced', roomId });
          this.ports.disconnect();
        }
        break;
      case 'room-closed': {
        const { roomId, reason = '' } = event.payload;
        this.ports.browserStorage.removeSeat();
        this.ports.browserStorage.removeHostToken(roomId);
        this.forget();
        const away = turnedAwayReason(reason);
        this.setState(away === null ? { phase: 'closed', roomId, reason } : { phase: 'turned-away', roomId, reason: away });
        this.ports.disconnect();
        break;
      }
      case 'entry-refused':
        if (this.joinsRoom(event.payload.roomId)) {
          this.turnAway({ phase: 'turned-away', roomId: event.payload.roomId, reason: event.payload.reason });
        }
        break;
      default:
    }
  }

  private start(): void {
    if (this.ports.isConnected()) this.onConnected();
    else this.ports.connect();
  }

  private onConnected(): void {
    this.cancelRequest?.();
    if (this.intent === null) return;
    // The viewer is still typing.
    if (this.state.phase === 'password-needed' && this.state.busy !== true) return;
    if (this.seat?.sessionToken === undefined) void this.requestJoin();
    else this.cancelRequest = this.ports.after(SERVER_SEATS_WITHIN_MS, () => void this.requestJoin());
  }

  private onJoined(roomId: string, name: string, sessionToken: string | undefined): void {
    this.cancelRequest?.();
    this.notFoundCount = 0;
    this.retryDelay.reset();
    const seat: SavedSeat = { roomId, name };
    const token = sessionToken ?? this.seat?.sessionToken;
    if (token !== undefined) seat.sessionToken = token;
    this.seat = seat;
    this.intent = { kind: 'join', roomId, name };
    this.ports.browserStorage.saveSeat(seat);
    this.ports.browserStorage.removeInvite();
    this.setState({ phase: 'joined', roomId });
  }

  private async requestJoin(): Promise<void> {
    const intent = this.intent;
    if (intent === null || this.requestPending) return;
    this.requestPending = true;
    const ack =
      intent.kind === 'create'
        ? await this.ports.request('create-room', { hostName: intent.name, ...intent.room })
        : await this.ports.request('join-room', this.joinPayload(intent.roomId, intent.name, intent.password));
    this.requestPending = false;
    if (intent !== this.intent || ack.ok) return;
    this.onJoinRejected(intent, ack);
  }

  private joinPayload(roomId: string, userName: string, password: string | undefined): Record<string, unknown> {
    const payload: Record<string, unknown> = { roomId, userName };
    const invite = this.ports.browserStorage.loadInvite(roomId);
    if (invite !== undefined) payload['invite'] = invite;
    if (password !== undefined) payload['password'] = password;
    const hostToken = this.ports.browserStorage.loadHostToken(roomId);
    if (hostToken !== undefined) payload['hostToken'] = hostToken;
    if (this.seat?.sessionToken !== undefined) payload['sessionToken'] = this.seat.sessionToken;
    return payload;
  }

  private onJoinRejected(intent: JoinIntent, ack: Rejection): void {
    const { code, error } = ack;
    if (code === 'no_connection') {
      // A reconnect joins again by itself. With a connection, only the answer was lost.
      if (this.ports.isConnected()) this.scheduleJoin();
      return;
    }
    if (intent.kind === 'create') {
      if (code === 'rate_limited') this.scheduleJoin();
      else this.intent = null;
      this.setState({ phase: 'failed', problem: code === 'unavailable' ? NO_NEW_ROOMS : error });
      return;
    }
    const entry = entryState(ack, intent.roomId, intent.password !== undefined);
    if (entry !== null) {
      this.onEntryAnswer(intent.roomId, intent.name, entry, ack.sessionToken);
      return;
    }
    if (code === 'unavailable' || (this.hasSeat && this.isTransient(code))) {
      this.scheduleJoin();
      if (this.state.phase === 'joining') this.setState({ ...this.state, problem: UNREACHABLE });
      return;
    }
    if (code === 'bad_host_credentials' && this.ports.browserStorage.loadHostToken(intent.roomId) !== undefined) {
      this.ports.browserStorage.removeHostToken(intent.roomId);
      void this.requestJoin();
      return;
    }
    const { roomId } = intent;
    this.ports.browserStorage.removeSeat();
    this.forget();
    if (code === 'room_not_found') {
      this.ports.browserStorage.removeHostToken(roomId);
      this.setState({ phase: 'not-found', roomId });
    } else {
      this.setState({ phase: 'name-needed', roomId, problem: nameFormProblem(code, error, intent.name) });
    }
  }

  private onEntryAnswer(roomId: string, name: string, entry: EntryState, sessionToken: string | undefined): void {
    this.cancelRequest?.();
    this.notFoundCount = 0;
    this.retryDelay.reset();
    this.intent = { kind: 'join', roomId, name };
    if (entry.phase === 'turned-away') {
      if (entry.reason === 'bad-invite') this.ports.browserStorage.removeInvite();
      this.turnAway(entry);
      return;
    }
    if (entry.phase === 'waiting') {
      // With this token the page finds its place again after a reload or a lost connection.
      this.seat = sessionToken === undefined ? null : { roomId, name, sessionToken };
      if (this.seat !== null) this.ports.browserStorage.saveSeat(this.seat);
    } else {
      this.seat = null;
      this.ports.browserStorage.removeSeat();
    }
    this.setState(entry);
  }

  /** Returns whether the viewer is about to enter the room: a host's answer may come before that of the server. */
  private joinsRoom(roomId: string): boolean {
    const { phase } = this.state;
    return this.intent?.kind === 'join' && this.intent.roomId === roomId && (phase === 'waiting' || phase === 'joining');
  }

  /** Ends an attempt to come in; the viewer may repeat it. */
  private turnAway(state: EntryState): void {
    this.cancelRequest?.();
    // A copy, so that a late answer to the attempt changes nothing.
    if (this.intent !== null) this.intent = { ...this.intent };
    this.seat = null;
    this.ports.browserStorage.removeSeat();
    this.setState(state);
    this.ports.disconnect();
  }

  /** Returns whether a rejection of a client with a seat may be temporary. */
  private isTransient(code: string): boolean {
    if (code === 'room_not_found') return ++this.notFoundCount < NOT_FOUND_MAX;
    return code === 'rate_limited' || code === 'internal';
  }

  private scheduleJoin(): void {
    this.cancelRequest?.();
    this.cancelRequest = this.ports.after(this.retryDelay.next(), () => void this.requestJoin());
  }

  private forget(): void {
    this.cancelRequest?.();
    this.notFoundCount = 0;
    this.retryDelay.reset();
    this.intent = null;
    this.seat = null;
  }

  private setState(state: SessionState): void {
    this.state = state;
    this.ports.onState(state);
  }
}

function nameFormProblem(code: string, error: string, name: string): string {
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
