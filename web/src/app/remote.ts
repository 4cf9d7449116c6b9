/** What a host does to the film, and what the others are told when they try. */
import { computed } from '@preact/signals';
import { tryLink } from '../media/probe';
import { atEnd } from '../playback/timeline';
import type { Ack, Timeline, WaitingPolicy } from '../protocol/messages';
import { readVideoLink } from '../protocol/video-kind';
import type { RoomStore } from '../room/room-store';
import type { Place } from '../room/stream';
import { listNames } from '../room/time-text';
import type { Theatre } from './theatre';
import type { Toasts } from './toasts';
import { createWait } from './wait';

export interface RemotePorts {
  room: RoomStore;
  theatre: Theatre;
  toasts: Toasts;
  ask(name: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Whether the line and the room behind it stand. */
  isHere(): boolean;
  /** Server time now, null while unknown. */
  serverNow(): number | null;
}

/** What is said of a command while the room cannot be reached. */
export const NOT_HERE = 'One moment, still reconnecting to the room.';
const IS_LIVE = 'This is live: there is nothing to jump to.';
const NO_JUMP = 'This film’s server cannot jump. It can only start again from the beginning.';
/** Nothing is wrong with the command: there was nobody to take it. */
const NOBODY_THERE = new Set(['unavailable', 'no_line']);

interface Aim {
  to: number;
  roomId: string | null;
  /** Where in the room's stream the seek stands; null until the server has answered. */
  place: Place | null;
}

/** Whether the timeline that a seek makes is here. */
function reached({ place }: Aim, timeline: Timeline | null): boolean {
  if (place === null || timeline === null) return false;
  return timeline.epoch !== place.epoch ? timeline.epoch > place.epoch : timeline.seq >= place.seq;
}

export function createRemote({ room, theatre, toasts, ask, isHere, serverNow }: RemotePorts) {
  const holders = computed(() => {
    const names = room.hosts.value.map((host) => host.name);
    if (names.length === 0) return 'Nobody holds the remote right now';
    return `${listNames(names)} ${names.length === 1 ? 'holds' : 'hold'} the remote`;
  });
  const running = computed(() => {
    if (theatre.intent.value !== null) return theatre.intent.value === 'playing';
    const timeline = room.timeline.value;
    // A room that waits goes on by itself: to everybody it runs.
    return timeline?.phase === 'playing' || (timeline?.phase === 'preparing' && timeline.resume === true);
  });
  const wait = createWait(room.timeline, serverNow);
  const ended = computed(() => {
    const { duration, position } = theatre;
    return duration.value > 0 && position.value >= duration.value - 0.2;
  });

  function why(ack: Extract<Ack, { ok: false }>): string {
    if (NOBODY_THERE.has(ack.code)) return NOT_HERE;
    return ack.code === 'not_host' ? holders.value : ack.error;
  }

  function explain(ack: Ack): void {
    if (!ack.ok) toasts.show(why(ack));
  }

  /** False while the room cannot be reached, and says so. */
  function here(): boolean {
    if (!isHere()) toasts.show(NOT_HERE);
    return isHere();
  }

  function refused(ack: Ack): void {
    if (ack.ok) return;
    theatre.intent.value = null;
    theatre.release();
    explain(ack);
  }

  /** True when this person may; says who may otherwise. */
  function mine(): boolean {
    if (room.isHost.value) return room.film.value !== null && here();
    toasts.show(holders.value);
    return false;
  }

  async function play(): Promise<void> {
    const timeline = room.timeline.value;
    if (timeline === null) return;
    const over = ended.value || atEnd(timeline, serverNow() ?? timeline.at);
    const answer = ask('play-video', { currentTime: over ? 0 : theatre.nowAt() });
    theatre.intent.value = 'playing';
    refused(await answer);
  }

  async function pause(): Promise<void> {
    const position = theatre.nowAt();
    const pressedAt = serverNow();
    // Said before it is done here: the others are further away.
    const answer = ask('pause-video', pressedAt === null ? { currentTime: position } : { currentTime: position, pressedAt });
    theatre.intent.value = 'paused';
    theatre.holdAt(position);
    refused(await answer);
  }

  function toggle(): void {
    if (!mine()) return;
    if (running.value && !ended.value) void pause();
    else void play();
  }

  /** The last seek, until the timeline it makes is here: presses in a row add up. */
  let aimed: Aim | null = null;

  async function seek(to: number): Promise<void> {
    if (!mine()) return;
    const end = theatre.duration.value;
    const refusal = theatre.live.value ? IS_LIVE : theatre.reaches(to) ? null : NO_JUMP;
    if (refusal !== null) {
      toasts.show(refusal);
      return;
    }
    const aim: Aim = { to: Math.max(0, end > 0 ? Math.min(to, end - 0.1) : to), roomId: room.roomId.value, place: null };
    aimed = aim;
    const ack = await ask('seek-video', { currentTime: aim.to });
    if (ack.ok && typeof ack['epoch'] === 'number' && typeof ack['seq'] === 'number') {
      aim.place = { epoch: ack['epoch'], seq: ack['seq'] };
    } else if (aimed === aim) {
      aimed = null;
    }
    refused(ack);
  }

  function skip(seconds: number): Promise<void> {
    if (aimed !== null && (aimed.roomId !== room.roomId.value || reached(aimed, room.timeline.value))) aimed = null;
    return seek((aimed?.to ?? theatre.nowAt()) + seconds);
  }

  /** Ends the waiting: whoever is late catches up. */
  async function goOn(): Promise<void> {
    const timeline = room.timeline.value;
    if (!mine() || timeline?.phase !== 'preparing') return;
    refused(await ask('play-video', { currentTime: timeline.position }));
  }

  async function setRate(rate: number): Promise<void> {
    if (mine()) refused(await ask('set-rate', { rate }));
  }

  async function setWaiting(mode: WaitingPolicy['mode'], seconds?: number): Promise<void> {
    if (!room.isHost.value) {
      toasts.show(holders.value);
      return;
    }
    if (!here()) return;
    explain(await ask('set-waiting', seconds === undefined ? { mode } : { mode, seconds }));
  }

  /** Null when the film is set, else why not. */
  async function setVideo(raw: string): Promise<string | null> {
    const link = readVideoLink(raw);
    if (!link.ok) return link.problem;
    if (!isHere()) return NOT_HERE;
    // Tried here before it takes the film of everybody else away.
    const problem = link.sure ? null : await tryLink(link.url);
    if (problem !== null) return `${problem.title} ${problem.hint}`;
    if (!isHere()) return NOT_HERE;
    const ack = await ask('set-video', { videoUrl: link.url });
    if (ack.ok) return null;
    return ack.code === 'invalid_data' ? 'The server cannot read this link. Copy it once more from where it plays.' : why(ack);
  }

  /** From the beginning, for everybody: where a film cannot jump, that it can. */
  function startOver(): Promise<void> {
    return seek(0);
  }

  return {
    holders,
    running,
    ended,
    toggle,
    seek,
    skip,
    goOn,
    startOver,
    setRate,
    setWaiting,
    setVideo,
    wait,
    mine,
    async promote(userId: string): Promise<void> {
      if (here()) explain(await ask('promote-host', { userId }));
    },
    /** A media key, a headset or a context menu moved the player: a host means it for everybody, a guest is brought back. */
    foreign(what: 'play' | 'pause' | 'seek', position: number): void {
      const timeline = room.timeline.value;
      if (!room.isHost.value || timeline === null || document.hidden || !isHere()) return;
      if (what === 'pause' && timeline.phase === 'playing') void pause();
      if (what === 'play' && !running.value) void play();
      if (what === 'seek' && Math.abs(position - theatre.nowAt()) > 1) void seek(position);
    },
  };
}

export type Remote = ReturnType<typeof createRemote>;
