/** The film side of the wiring: timeline → driver → player, and what the controls show of it. */
import { batch, effect, signal, untracked } from '@preact/signals';
import type { ClockPoller } from '../clock/poller';
import type { MediaProblem, Player } from '../media/player';
import { openPlayer } from '../media/open';
import { volumeCanBeSet } from '../media/features';
import { LIBRARY_MISSING } from '../media/problems';
import { Driver } from '../playback/driver';
import type { Obstacle } from '../playback/reach';
import { startTicker } from '../playback/ticker';
import { kindOf } from '../protocol/video-kind';
import type { RoomStore } from '../room/room-store';
import type { Step, StepState } from './step';

export interface TheatrePorts {
  room: RoomStore;
  clock: ClockPoller;
  step: Step;
  onForeign(what: 'play' | 'pause' | 'seek', position: number): void;
  /** Whether that is settled; else it is told again later. */
  onDuration(seconds: number): Promise<boolean>;
  /** This player stands where a preparing film wants it (TL9). */
  onReady(seq: number): void;
  /** This player has nothing to play, or has again (WT2). */
  onStall(stalled: boolean, seq: number): void;
  /** The page slept: timers stood still for longer than they should. */
  onWake(): void;
}

/** What the server is told of a viewer with the clock's questions (TL7): ms, as far as known. */
export interface ClockReport {
  rtt90?: number;
  start?: number;
  startDev?: number;
  seek?: number;
  bound?: number;
  drift: number | null;
  state: StepState;
  seeks: number;
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

const TICK_MS = 100;
const SLEEP_MS = 6000;
const DURATION_AGAIN_MS = 4000;
const VOLUME_KEY = 'wnc.volume';
const COSTS_KEY = 'wnc.costs.';

function readVolume(): number {
  try {
    const kept = Number(localStorage.getItem(VOLUME_KEY) ?? '1');
    return kept >= 0 && kept <= 1 ? kept : 1;
  } catch {
    return 1;
  }
}

function recall(kind: string): string | null {
  try {
    return localStorage.getItem(COSTS_KEY + kind);
  } catch {
    return null;
  }
}

function keep(kind: string, costs: string): void {
  try {
    localStorage.setItem(COSTS_KEY + kind, costs);
  } catch {
    // not kept, then
  }
}

/** A player that cannot follow: why, where it is, and whether the film is still to come there. */
export interface Stuck {
  why: Obstacle;
  at: number;
  ahead: boolean;
}

export function createTheatre({ room, clock, step, onForeign, onDuration, onReady, onStall, onWake }: TheatrePorts) {
  const position = signal(0);
  const duration = signal(0);
  const bufferedTo = signal(0);
  const ready = signal(false);
  const stalled = signal(false);
  const blocked = signal(false);
  const stuck = signal<Stuck | null>(null);
  /** A broadcast: nothing can be sought in it, and it has no length. */
  const live = signal(false);
  const problem = signal<MediaProblem | null>(null);
  const captions = signal({ available: false, on: false });
  const canPip = signal(false);
  const volume = signal(readVolume());
  const muted = signal(false);
  /** What the play button shows before the server has answered. */
  const intent = signal<'playing' | 'paused' | null>(null);

  let stage: HTMLElement | null = null;
  let player: Player | null = null;
  let opening = 0;
  let lastTick = performance.now();
  let ticks = 0;
  let reported = '';
  let toldState: StepState | null = null;
  let captionShare = 0;

  const ticker = startTicker(TICK_MS, () => {
    const now = performance.now();
    if (now - lastTick > SLEEP_MS) onWake();
    lastTick = now;
    driver.tick();
    if (++ticks % 2 === 0) look();
  });

  const driver = new Driver({
    now: () => performance.now(),
    serverAt: (local) => clock.serverAt(local),
    wakeIn: (ms) => ticker.wakeIn(ms),
    onReady,
    onStall,
    recall,
    keep,
  });

  function look(): void {
    const seen = player?.measure();
    batch(() => {
      position.value = Math.round(driver.position() * 10) / 10;
      ready.value = seen?.ready ?? false;
      stalled.value = seen !== undefined && (seen.stalled || seen.seeking || !seen.ready);
      live.value = seen !== undefined && seen.live !== null;
      const known = room.timeline.value?.duration ?? 0;
      duration.value = live.value ? 0 : seen !== undefined && seen.duration > 0 ? seen.duration : known;
      noteStuck(seen?.position ?? 0);
      bufferedTo.value = player?.bufferedTo() ?? 0;
      const c = player?.captions ?? { available: false, on: false };
      if (c.available !== captions.value.available || c.on !== captions.value.on) captions.value = c;
      canPip.value = player !== null && player.pictureInPicture !== null;
      const state: StepState = problem.value === null ? driver.state : 'failed';
      const { boundMs } = clock.estimator;
      step.note(performance.now(), { drift: driver.error, state, boundMs: Number.isFinite(boundMs) ? boundMs : null });
    });
    // A start made to learn from needs the browser's leave, which a first touch of the page gives.
    driver.mayCalibrate = !document.hidden && navigator.userActivation?.hasBeenActive === true;
    reportDuration();
  }

  function noteStuck(at: number): void {
    const why = driver.obstacle;
    const before = stuck.value;
    const ahead = at > driver.position();
    if (why === null) stuck.value = null;
    else if (before?.why !== why || before.ahead !== ahead || Math.floor(before.at) !== Math.floor(at))
      stuck.value = { why, at, ahead };
  }

  function reportDuration(): void {
    const { timeline, isHost } = room;
    const seen = player?.measure();
    const seconds = seen?.live === null ? seen.duration : 0;
    const told = timeline.value;
    if (!isHost.value || told === null || seconds <= 0) return;
    const mark = `${told.epoch} ${told.item} ${seconds}`;
    if (mark === reported || Math.abs((told.duration ?? 0) - seconds) < 0.05) return;
    reported = mark;
    void onDuration(seconds).then((settled) => {
      if (!settled) setTimeout(() => (reported = reported === mark ? '' : reported), DURATION_AGAIN_MS);
    });
  }

  async function load(): Promise<void> {
    const film = room.film.value;
    const mine = ++opening;
    player?.destroy();
    player = null;
    driver.attach(null, 'none');
    problem.value = null;
    blocked.value = false;
    look();
    if (film === null || stage === null) return;
    const kind = kindOf(film.type, film.url);
    if (kind === null) {
      problem.value = { title: 'This link cannot be played here.', hint: 'Ask the host for another one.' };
      return;
    }
    const live = () => mine === opening;
    try {
      const made = await openPlayer(kind, film.url, stage, {
        onChange: () => live() && look(),
        onForeign: (what) => {
          if (live()) onForeign(what, player?.measure().position ?? 0);
        },
        onDiscontinuity: () => live() && driver.discontinuity(),
        onBlocked: () => {
          if (!live()) return;
          driver.halt();
          blocked.value = true;
        },
        onProblem: (found) => {
          if (live()) problem.value = found;
        },
      });
      if (!live()) {
        made.destroy();
        return;
      }
      player = made;
      made.setVolume(volume.value, muted.value);
      made.liftCaptions(captionShare);
      driver.attach(made, kind);
      look();
    } catch (reason) {
      console.warn('The player could not be made', reason);
      if (live()) problem.value = LIBRARY_MISSING;
    }
  }

  effect(() => {
    const timeline = room.timeline.value;
    untracked(() => {
      driver.follow(timeline);
      intent.value = null;
      look();
    });
  });

  effect(() => {
    driver.mode = step.mode.value;
  });
  effect(() => {
    driver.trim = step.trimMs.value;
  });

  effect(() => {
    void room.film.value;
    queueMicrotask(() => void load());
  });

  return {
    position, duration, bufferedTo, ready, stalled, blocked, stuck, live, problem, captions, canPip, volume, muted, intent,
    /** The element the players are put into; null when the screen goes. */
    setStage(element: HTMLElement | null): void {
      if (stage === element) return;
      stage = element;
      void load();
    },
    setVolume(level: number, mute: boolean): void {
      volume.value = level;
      muted.value = mute;
      player?.setVolume(level, mute);
      try {
        localStorage.setItem(VOLUME_KEY, String(level));
      } catch {
        // not kept, then
      }
    },
    /** The lowest share of the picture that something lies over. */
    liftCaptions(share: number): void {
      captionShare = share;
      player?.liftCaptions(share);
    },
    toggleCaptions: () => player?.showCaptions(!captions.value.on),
    togglePip: () => void player?.pictureInPicture?.().catch(() => undefined),
    /** Inside a gesture: lets a refused film start. */
    unblock(): void {
      blocked.value = false;
      driver.resume();
    },
    retry: () => void load(),
    holdAt: (seconds: number) => driver.hold(seconds),
    release: () => driver.release(),
    nowAt: () => driver.position(),
    /** Whether this page's player could be sent there; true while that is not known. */
    reaches: (seconds: number) => driver.reaches(seconds),
    canSetVolume: volumeCanBeSet,
    /** What the server is told of this player with the clock's questions (TL7). */
    report(): ClockReport {
      const { estimator } = clock;
      const { costs } = driver;
      return {
        ...(estimator.usable && { rtt90: tenths(estimator.rtt90), bound: tenths(estimator.boundMs) }),
        ...(costs !== null && {
          start: tenths(costs.start.mean),
          startDev: tenths(costs.start.deviation),
          seek: tenths(costs.of('seek')),
        }),
        drift: driver.error === null ? null : tenths(driver.error),
        state: (toldState = step.state.peek()),
        seeks: driver.seeks,
      };
    },
    /** What the last report said. */
    get toldState(): StepState | null {
      return toldState;
    },
  }; // prettier-ignore
}

export type Theatre = ReturnType<typeof createTheatre>;
