/** Commands of those who control the film (play, pause, seek, rate, film), and the messages shown when a command is rejected. */
import { computed } from '@preact/signals';
import { atEnd } from '../playback/timeline';
import type { Ack, Timeline, WaitingPolicy } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import type { Revision } from '../room/event-order';
import { listNames } from '../room/format';
import type { PlayerHost } from './player-host';
import type { Toasts } from './toasts';
import { createUndoJump } from './undo-jump';
import { createBarrierCountdown } from './barrier-countdown';

export interface RoomControlsPorts {
  room: RoomStore;
  playerHost: PlayerHost;
  toasts: Toasts;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Whether the server and the room can be reached. */
  isReachable(): boolean;
  /** Server time now; null while unknown. */
  serverNow(): number | null;
  after(ms: number, run: () => void): () => void;
}

/** Message for a command while the room cannot be reached. */
export const STILL_RECONNECTING = 'One moment, still reconnecting to the room.';
const IS_LIVE = 'This is live: there is nothing to jump to.';
const NOTHING_TO_UNDO = 'There is no jump to take back.';
const LINK_READER_MISSING = 'This page could not be loaded completely. Check the connection, and reload it.';
const NO_JUMP = 'This film’s server cannot jump. It can only start again from the beginning.';
/** Codes that say nothing about the command itself: no server could handle it. */
const UNREACHABLE_CODES = new Set(['unavailable', 'no_connection']);

interface PendingSeek {
  to: number;
  roomId: string | null;
  /** Revision of the change that the seek made; null until the server has answered. */
  revision: Revision | null;
}

/** Returns whether the timeline that a seek makes has arrived. */
function isApplied({ revision }: PendingSeek, timeline: Timeline | null): boolean {
  if (revision === null || timeline === null) return false;
  return timeline.epoch !== revision.epoch ? timeline.epoch > revision.epoch : timeline.seq >= revision.seq;
}

export function createRoomControls({ room, playerHost, toasts, request, isReachable, serverNow, after }: RoomControlsPorts) {
  const holdersText = computed(() => {
    const names = room.hosts.value.map((host) => host.name);
    if (names.length === 0) return 'Nobody holds the remote right now';
    return `${listNames(names)} ${names.length === 1 ? 'holds' : 'hold'} the remote`;
  });
  const running = computed(() => {
    if (playerHost.intent.value !== null) return playerHost.intent.value === 'playing';
    const timeline = room.timeline.value;
    // A room that waits resumes by itself, so the controls show it as playing.
    return timeline?.phase === 'playing' || (timeline?.phase === 'preparing' && timeline.resume === true);
  });
  const barrier = createBarrierCountdown(room.timeline, serverNow);
  const canUndoJump = createUndoJump(room, serverNow, after);
  const ended = computed(() => {
    const { duration, position, liveOver } = playerHost;
    return liveOver.value || (duration.value > 0 && position.value >= duration.value - 0.2);
  });

  function rejectionText(ack: Extract<Ack, { ok: false }>): string {
    if (UNREACHABLE_CODES.has(ack.code)) return STILL_RECONNECTING;
    return ack.code === 'not_host' ? holdersText.value : ack.error;
  }

  function showRejection(ack: Ack): void {
    if (!ack.ok) toasts.show(rejectionText(ack));
  }

  /** Returns whether the room can be reached, and shows a message when not. */
  function checkReachable(): boolean {
    if (!isReachable()) toasts.show(STILL_RECONNECTING);
    return isReachable();
  }

  function onRejected(ack: Ack): void {
    if (ack.ok) return;
    playerHost.intent.value = null;
    playerHost.cancelOptimisticPause();
    showRejection(ack);
  }

  /** Returns whether this viewer may control the film, and shows who may when not. */
  function mayControl(): boolean {
    if (room.mayControl.value) return room.film.value !== null && checkReachable();
    toasts.show(holdersText.value);
    return false;
  }

  async function play(): Promise<void> {
    const timeline = room.timeline.value;
    if (timeline === null) return;
    if (playerHost.liveOver.value) {
      // Its pages agree on no position; as a new film it is an ordinary one.
      showRejection(await request('set-video', { videoUrl: room.film.value?.url ?? '' }));
      return;
    }
    const over = ended.value || atEnd(timeline, serverNow() ?? timeline.at);
    const answer = request('play-video', { currentTime: over ? 0 : playerHost.targetPosition() });
    playerHost.intent.value = 'playing';
    onRejected(await answer);
  }

  async function pause(): Promise<void> {
    const position = playerHost.targetPosition();
    const pressedAt = serverNow();
    // Sent before the local pause, because the other viewers are further away.
    const answer = request('pause-video', pressedAt === null ? { currentTime: position } : { currentTime: position, pressedAt });
    playerHost.intent.value = 'paused';
    playerHost.pauseOptimistically(position);
    onRejected(await answer);
  }

  function toggle(): void {
    if (!mayControl()) return;
    if (running.value && !ended.value) void pause();
    else void play();
  }

  /** The last seek until its timeline arrives, so that repeated skips add up. */
  let pendingSeek: PendingSeek | null = null;

  async function seek(to: number): Promise<void> {
    if (!mayControl()) return;
    const end = playerHost.duration.value;
    const refusal = playerHost.live.value ? IS_LIVE : playerHost.canReachPosition(to) ? null : NO_JUMP;
    if (refusal !== null) {
      toasts.show(refusal);
      return;
    }
    const target: PendingSeek = {
      to: Math.max(0, end > 0 ? Math.min(to, end - 0.1) : to),
      roomId: room.roomId.value,
      revision: null,
    };
    pendingSeek = target;
    const ack = await request('seek-video', { currentTime: target.to });
    if (ack.ok && typeof ack['epoch'] === 'number' && typeof ack['seq'] === 'number') {
      target.revision = { epoch: ack['epoch'], seq: ack['seq'] };
    } else if (pendingSeek === target) {
      pendingSeek = null;
    }
    onRejected(ack);
  }

  function skip(seconds: number): Promise<void> {
    if (pendingSeek !== null && (pendingSeek.roomId !== room.roomId.value || isApplied(pendingSeek, room.timeline.value)))
      pendingSeek = null;
    return seek((pendingSeek?.to ?? playerHost.targetPosition()) + seconds);
  }

  /** Ends the ready barrier; viewers that are not ready catch up. */
  async function skipBarrier(): Promise<void> {
    const timeline = room.timeline.value;
    if (!mayControl() || timeline?.phase !== 'preparing') return;
    onRejected(await request('play-video', { currentTime: timeline.position }));
  }

  async function setRate(rate: number): Promise<void> {
    if (mayControl()) onRejected(await request('set-rate', { rate }));
  }

  async function setWaiting(mode: WaitingPolicy['mode'], seconds?: number): Promise<void> {
    if (!room.isHost.value) {
      toasts.show(holdersText.value);
      return;
    }
    if (!checkReachable()) return;
    showRejection(await request('set-waiting', seconds === undefined ? { mode } : { mode, seconds }));
  }

  /** Returns the film to where it was before the last jump. */
  async function undoJump(): Promise<void> {
    if (!mayControl()) return;
    if (canUndoJump.value) showRejection(await request('undo-seek', {}));
    else toasts.show(NOTHING_TO_UNDO);
  }

  /** Sets the film; returns null when it is set, else why not. */
  async function setVideo(raw: string): Promise<string | null> {
    // Not part of the first load, because most viewers set no film.
    const reader = await import('../protocol/video-link').catch(() => null);
    if (reader === null) return LINK_READER_MISSING;
    const link = reader.readVideoLink(raw);
    if (!link.ok) return link.problem;
    if (!isReachable()) return STILL_RECONNECTING;
    // The host's page tries the link before it replaces everybody's film.
    const problem = link.sure ? null : await (await import('../media/link-probe')).probeLink(link.url);
    if (problem !== null) return `${problem.title} ${problem.hint}`;
    if (!isReachable()) return STILL_RECONNECTING;
    const ack = await request('set-video', { videoUrl: link.url });
    if (ack.ok) return null;
    if (ack.code !== 'invalid_data') return rejectionText(ack);
    return reader.isLinkProblem(ack.reason)
      ? reader.linkProblemText(ack.reason)
      : 'The server cannot read this link. Copy it once more from where it plays.';
  }

  /** Restarts the film for everybody; a film that cannot seek can still do that. */
  function restartFilm(): Promise<void> {
    return seek(0);
  }

  return {
    holdersText,
    running,
    ended,
    toggle,
    seek,
    skip,
    skipBarrier,
    restartFilm,
    canUndoJump,
    undoJump,
    setRate,
    setWaiting,
    setVideo,
    barrier,
    mayControl,
    checkReachable,
    showRejection,
    rejectionText,
    async answerKnock(knockId: string, accept: boolean): Promise<void> {
      if (checkReachable()) showRejection(await request('answer-knock', { knockId, accept }));
    },
    async promote(userId: string): Promise<void> {
      if (checkReachable()) showRejection(await request('promote-host', { userId }));
    },
    /**
     * Handles a play, pause or seek that came from a media key or a context menu. The action of a member who controls the
     * film becomes a command; that of another is undone by the controller.
     */
    handleExternalAction(what: 'play' | 'pause' | 'seek', position: number): void {
      const timeline = room.timeline.value;
      if (!room.mayControl.value || timeline === null || document.hidden || !isReachable()) return;
      if (what === 'pause' && timeline.phase === 'playing') void pause();
      if (what === 'play' && !running.value) void play();
      if (what === 'seek' && !playerHost.live.value && Math.abs(position - playerHost.targetPosition()) > 1) void seek(position);
    },
  };
}

export type RoomControls = ReturnType<typeof createRoomControls>;
