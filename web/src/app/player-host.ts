/** Hosts the player: connects timeline, driver and player, and exposes their state to the controls. */
import { type ReadonlySignal, batch, effect, signal, untracked } from '@preact/signals';
import type { ClockPoller } from '../clock/poller';
import type { MissingPart } from '../media/missing-part';
import { LIBRARY_MISSING, type MediaProblem, type Player, type PlayerEvents, PlayerUnavailable } from '../media/player';
import { volumeCanBeSet } from '../media/browser-features';
import { type Hindrance, PlayerDriver } from '../playback/player-driver';
import type { PlayerReading } from '../playback/controller-types';
import { startTicker } from '../playback/ticker';
import { type VideoKind, knownKind } from '../protocol/video-kind';
import type { RoomStore } from '../room/room-store';
import { type LiveDelayReport, createLiveStream } from './live-stream';
import type { SyncStatus, SyncState } from './sync-status';

export interface PlayerHostPorts {
  room: RoomStore;
  clock: ClockPoller;
  syncStatus: SyncStatus;
  /** Opens the player of a film; null when everybody plays it from a file of their own, and this viewer has chosen none. */
  openFilm(kind: VideoKind, link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player | null>;
  onExternalAction(what: 'play' | 'pause' | 'seek', position: number): void;
  /** Returns whether the server took the duration; it is reported again otherwise. */
  onDuration(seconds: number): Promise<boolean>;
  /** A host's player proposes the delay of a live stream for the room (LS1). */
  onLiveDelay(report: LiveDelayReport): void;
  /** The player is at the position of a preparing timeline (TL9). */
  onReady(seq: number): void;
  /** The player has run out of data, or has data again (WT2). */
  onStall(stalled: boolean, seq: number): void;
  /** The page was suspended: a timer fired much later than planned. */
  onWokeUp(): void;
}

/** The report that goes with a clock request (TL7); times in ms. */
export interface ClockReport {
  rtt90?: number;
  start?: number;
  startDev?: number;
  seek?: number;
  bound?: number;
  drift: number | null;
  state: SyncState;
  seeks: number;
  /** The film that the state and the duration are about, and its length in seconds. */
  item?: number;
  duration?: number;
}

function roundToTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

const TICK_MS = 100;
const SLEPT_AFTER_MS = 6000;
const DURATION_RETRY_MS = 4000;
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

function loadCosts(kind: string): string | null {
  try {
    return localStorage.getItem(COSTS_KEY + kind);
  } catch {
    return null;
  }
}

function saveCosts(kind: string, costs: string): void {
  try {
    localStorage.setItem(COSTS_KEY + kind, costs);
  } catch {
    // storage refused
  }
}

/** Returns the kind of a film whose kind on the wire this page does not know; null when the link does not tell. */
async function kindByLink(url: string): Promise<VideoKind | null> {
  const reader = await import('../protocol/video-link').catch(() => null);
  return reader?.kindOfLink(url) ?? null;
}

export type { MissingPart };

/** Why a player cannot follow the room, where it is, and whether it is ahead. */
export interface Stuck {
  why: Hindrance;
  at: number;
  ahead: boolean;
}

export function createPlayerHost({
  room,
  clock,
  syncStatus,
  openFilm,
  onExternalAction,
  onDuration,
  onLiveDelay,
  onReady,
  onStall,
  onWokeUp,
}: PlayerHostPorts) {
  const position = signal(0);
  const duration = signal(0);
  const bufferedTo = signal(0);
  const ready = signal(false);
  const stalled = signal(false);
  const blocked = signal(false);
  const stuck = signal<Stuck | null>(null);
  const problem = signal<MediaProblem | null>(null);
  /** What of the film this browser does not decode. */
  const missing = signal<MissingPart | null>(null);
  /** The open player; null while there is none. */
  const openedPlayer = signal<Player | null>(null);
  /** Whether this viewer has not chosen its copy of a film that everybody plays from a file of their own. */
  const noCopy = signal(false);
  const canPip = signal(false);
  const volume = signal(readVolume());
  const muted = signal(false);
  /** Factor of the volume while somebody speaks. */
  let ducking = 1;
  /** Whether this page stays with its film while the others watch the next one. */
  const staying = signal(false);
  /** What the play button shows until the server has answered. */
  const intent = signal<'playing' | 'paused' | null>(null);

  let mount: HTMLElement | null = null;
  let player: Player | null = null;
  let opening = 0;
  let lastTick = performance.now();
  let ticks = 0;
  let reportedDuration = '';
  let reportedState: SyncState | null = null;

  const ticker = startTicker(TICK_MS, () => {
    const now = performance.now();
    if (now - lastTick > SLEPT_AFTER_MS) onWokeUp();
    lastTick = now;
    driver.tick();
    if (++ticks % 2 === 0) refresh();
  });

  const driver = new PlayerDriver({
    now: () => performance.now(),
    serverAt: (local) => clock.serverAt(local),
    wakeIn: (ms) => ticker.wakeIn(ms),
    onReady,
    onStall,
    loadCosts,
    saveCosts,
  });

  const liveStream = createLiveStream({
    room,
    driver,
    now: () => performance.now(),
    serverNow: () => clock.serverAt(performance.now()),
    report: onLiveDelay,
  });

  function refresh(): void {
    const reading = player?.measure();
    batch(() => {
      position.value = Math.round(driver.position() * 10) / 10;
      ready.value = reading?.ready ?? false;
      stalled.value = reading !== undefined && (reading.stalled || reading.seeking || !reading.ready);
      liveStream.update(reading ?? null, !staying.value);
      const known = room.timeline.value?.duration ?? 0;
      duration.value = liveStream.live.value ? 0 : lengthOf(reading) || known;
      updateStuck(reading?.position ?? 0);
      bufferedTo.value = player?.bufferedTo() ?? 0;
      missing.value = player?.missing?.() ?? null;
      canPip.value = player !== null && player.pictureInPicture !== null;
      const state: SyncState = staying.value
        ? 'free'
        : noCopy.value
          ? 'no_copy'
          : problem.value === null
            ? driver.state
            : 'failed';
      const { boundMs } = clock.estimator;
      syncStatus.record(performance.now(), { drift: driver.error, state, boundMs: Number.isFinite(boundMs) ? boundMs : null });
    });
    // A calibration start needs a user activation of the page.
    driver.mayCalibrate = !document.hidden && navigator.userActivation?.hasBeenActive === true;
    reportDuration();
  }

  /** Returns the length of the room's film as the player knows it; 0 while it does not. */
  function lengthOf(reading: PlayerReading | undefined): number {
    return reading !== undefined && reading.duration > 0 ? (player?.filmLength ?? reading.duration) : 0;
  }

  function updateStuck(at: number): void {
    const why = driver.obstacle;
    const before = stuck.value;
    const ahead = at > driver.position();
    if (why === null) stuck.value = null;
    else if (before?.why !== why || before.ahead !== ahead || Math.floor(before.at) !== Math.floor(at))
      stuck.value = { why, at, ahead };
  }

  function reportDuration(): void {
    const { timeline, isHost } = room;
    const reading = player?.measure();
    const seconds = driver.live ? 0 : lengthOf(reading);
    const current = timeline.value;
    if (!isHost.value || current === null || seconds <= 0) return;
    const mark = `${current.epoch} ${current.item} ${seconds}`;
    if (mark === reportedDuration || Math.abs((current.duration ?? 0) - seconds) < 0.05) return;
    reportedDuration = mark;
    void onDuration(seconds).then((settled) => {
      if (!settled) setTimeout(() => (reportedDuration = reportedDuration === mark ? '' : reportedDuration), DURATION_RETRY_MS);
    });
  }

  async function load(): Promise<void> {
    const film = room.film.value;
    const mine = ++opening;
    player?.destroy();
    player = openedPlayer.value = null;
    driver.attach(null, 'none');
    problem.value = null;
    blocked.value = noCopy.value = false;
    refresh();
    if (film === null || mount === null) return;
    const kind = knownKind(film.type) ?? (await kindByLink(film.url));
    if (mine !== opening) return;
    if (kind === null) {
      problem.value = { title: 'This link cannot be played here.', hint: 'Ask the host for another one.' };
      return;
    }
    const live = () => mine === opening;
    try {
      const events: PlayerEvents = {
        onChange: () => live() && refresh(),
        onExternalAction: (what) => {
          if (live()) onExternalAction(what, player?.measure().position ?? 0);
        },
        onDiscontinuity: () => live() && driver.discontinuity(),
        onBlocked: () => {
          if (!live()) return;
          driver.block();
          blocked.value = true;
        },
        onProblem: (found) => {
          if (live()) problem.value = found;
        },
      };
      const made = await openFilm(kind, film.url, mount, events);
      if (!live()) {
        made?.destroy();
        return;
      }
      if (made === null) {
        noCopy.value = true;
        refresh();
        return;
      }
      player = openedPlayer.value = made;
      made.setVolume(volume.value * ducking, muted.value);
      driver.attach(made, made.kind ?? kind);
      refresh();
    } catch (reason) {
      console.warn('The player could not be made', reason);
      if (live()) problem.value = reason instanceof PlayerUnavailable ? reason.problem : LIBRARY_MISSING;
    }
  }

  /** The film that this page stays with. */
  let stayedItem: number | null = null;

  effect(() => {
    const timeline = room.timeline.value;
    untracked(() => {
      if (staying.value && timeline !== null && timeline.item !== stayedItem) {
        // The others do not wait for this page.
        if (timeline.phase === 'preparing') onReady(timeline.seq);
        return;
      }
      driver.setTimeline(timeline);
      intent.value = null;
      refresh();
    });
  });

  // The others do not wait for a viewer without a copy (OC4).
  effect(() => {
    const timeline = room.timeline.value;
    if (noCopy.value && timeline?.phase === 'preparing') untracked(() => onReady(timeline.seq));
  });

  effect(() => {
    driver.mode = syncStatus.mode.value;
  });
  effect(() => {
    driver.trim = syncStatus.trimMs.value;
  });

  effect(() => {
    const film = room.film.value;
    if (film === null) staying.value = false;
    queueMicrotask(() => void (staying.value || load()));
  });

  return {
    position, duration, bufferedTo, ready, stalled, blocked, stuck, problem, missing, noCopy, canPip, volume, muted, intent,
    player: openedPlayer as ReadonlySignal<Player | null>,
    live: liveStream.live, unsynced: liveStream.unsynced, behind: liveStream.behind, liveOver: liveStream.liveOver,
    backToLive: liveStream.backToLive,
    /** Sets the element that contains the player; null when it is removed. */
    setMount(element: HTMLElement | null): void {
      if (mount === element) return;
      mount = element;
      void load();
    },
    setVolume(level: number, mute: boolean): void {
      volume.value = level;
      muted.value = mute;
      player?.setVolume(level * ducking, mute);
      try {
        localStorage.setItem(VOLUME_KEY, String(level));
      } catch {
        // storage refused
      }
    },
    /** Turns the film down by a factor while somebody speaks. */
    setDucking(factor: number): void {
      if (factor === ducking) return;
      ducking = factor;
      player?.setVolume(volume.peek() * ducking, muted.peek());
    },
    togglePip: () => void player?.pictureInPicture?.().catch(() => undefined),
    /** Starts a film that the browser had blocked; called inside a user gesture. */
    unblock(): void {
      blocked.value = false;
      driver.unblock();
    },
    staying,
    stay(): void {
      stayedItem = room.timeline.value?.item ?? null;
      staying.value = true;
    },
    /** Goes on to the film that the others watch. */
    rejoin(): void {
      staying.value = false;
      driver.setTimeline(room.timeline.value);
      void load();
    },
    retry: () => void load(),
    pauseOptimistically: (seconds: number) => driver.pauseOptimistically(seconds),
    cancelOptimisticPause: () => driver.cancelOptimisticPause(),
    targetPosition: () => driver.position(),
    /** Returns whether the player can seek there; true while unknown. */
    canReachPosition: (seconds: number) => driver.canReachPosition(seconds),
    canSetVolume: volumeCanBeSet,
    /** Returns the report for the server's clock (TL7). */
    report(): ClockReport {
      const { estimator } = clock;
      const { costs } = driver;
      const reading = player?.measure();
      const item = room.timeline.peek()?.item;
      const about = item !== undefined && (player !== null || problem.peek() !== null || noCopy.peek()) && !staying.peek();
      return {
        ...(estimator.usable && { rtt90: roundToTenths(estimator.rtt90), bound: roundToTenths(estimator.boundMs) }),
        ...(costs !== null && {
          start: roundToTenths(costs.start.mean),
          startDev: roundToTenths(costs.start.deviation),
          seek: roundToTenths(costs.of('seek')),
        }),
        drift: driver.error === null ? null : roundToTenths(driver.error),
        state: (reportedState = syncStatus.state.peek()),
        seeks: driver.seeks,
        ...(about && { item, ...(!driver.live && lengthOf(reading) > 0 && { duration: lengthOf(reading) }) }),
      };
    },
    /** Sync state of the last report. */
    get reportedState(): SyncState | null {
      return reportedState;
    },
  }; // prettier-ignore
}

export type PlayerHost = ReturnType<typeof createPlayerHost>;
