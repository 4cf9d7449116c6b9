/**
 * Applies the controller's decisions to the current player and reports readiness and stalls to the room. One per page;
 * players come and go.
 */
import type { Player } from '../media/player';
import type { Timeline } from '../protocol/messages';
import { Controller, type Mode } from './controller';
import { coarseSeekMs, lateAllowedMs } from './corrections';
import { Costs } from './costs';
import { type Obstacle, canReach } from './seek-attempts';
import type { PlayerAbilities, PlayerAction, ProgrammeTime, Target, PlayerReading } from './controller-types';
import { targetAt } from './timeline';

export interface PlayerDriverPorts {
  now(): number;
  /** Server time for a local time; null while unknown. */
  serverAt(localMs: number): number | null;
  wakeIn(ms: number): void;
  /** The player is at the position of a preparing timeline and can start (TL9). */
  onReady(seq: number): void;
  /** The playing player has run out of data, or has data again (WT2). */
  onStall(stalled: boolean, seq: number): void;
  /** Loads the learned costs of a kind of player on this device. */
  loadCosts(kind: string): string | null;
  saveCosts(kind: string, costs: string): void;
}

/** State of the player, in the terms of the `status` event. */
export type PlayerDriverState =
  'none' | 'loading' | 'ready' | 'synced' | 'correcting' | 'buffering' | 'blocked' | 'free' | 'stuck' | 'live' | 'ended';

/** Why a player cannot follow the film now. advert: it shows an advertisement. */
export type Hindrance = Obstacle | 'advert';

const READY_WITHIN_MS = 40;
const STALL_COUNTS_MS = 300;
const SYNCED_MS = 40;
/** From this distance on a viewer of a live stream has fallen behind, s: in the room's programme time, and at the edge. */
const BEHIND_S = 2;
const BEHIND_EDGE_S = 15;

export class PlayerDriver {
  private player: Player | null = null;
  private kind = 'none';
  private controllers = new Map<string, Controller>();
  private controller: Controller | null = null;
  private timeline: Timeline | null = null;
  /** A pause of this viewer that the server has not confirmed yet. */
  private optimisticPause: { position: number } | null = null;
  private blocked = false;
  /** The preparing change for which `ready` was reported: epoch and seq. */
  private readyReportedFor = '';
  private stalledSince: number | null = null;
  private stallReported = false;
  /** Number of cost samples already saved. */
  private savedLessons = 0;
  private currentMode: Mode = 'tight';
  private trimMs = 0;
  /** A viewer who fell behind a live stream has asked to go back, whatever its mode. */
  private returning = false;

  constructor(private readonly ports: PlayerDriverPorts) {}

  attach(player: Player | null, kind: string): void {
    this.player = player;
    this.kind = kind;
    this.blocked = false;
    this.readyReportedFor = '';
    this.stalledSince = null;
    this.stallReported = false;
    this.returning = false;
    this.controller = player === null ? null : this.controllerFor(player, kind);
    this.controller?.reset();
    this.savedLessons = this.controller?.costs.learned ?? 0;
    this.tick();
  }

  setTimeline(timeline: Timeline | null): void {
    this.timeline = timeline;
    this.optimisticPause = null;
    this.tick();
  }

  /** Pauses before the server has confirmed it; the next timeline or `cancelOptimisticPause` ends it. */
  pauseOptimistically(position: number): void {
    this.optimisticPause = { position };
    this.tick();
  }

  cancelOptimisticPause(): void {
    this.optimisticPause = null;
    this.tick();
  }

  /** Stops trying to start, because the browser refuses until the viewer interacts. */
  block(): void {
    this.blocked = true;
  }

  /** Starts a blocked player; called inside a user gesture, so that the browser allows it. */
  unblock(): void {
    this.blocked = false;
    const target = this.target();
    if (target?.playing === true) this.player?.play();
    this.discontinuity();
    this.tick();
  }

  discontinuity(): void {
    const { player, controller, ports } = this;
    if (player !== null) controller?.discontinuity(ports.now(), player.measure().position);
  }

  set mode(mode: Mode) {
    this.currentMode = mode;
    this.tick();
  }

  /** Shifts this viewer's film against the room, ms; positive is earlier. */
  set trim(ms: number) {
    this.trimMs = ms;
    this.tick();
  }

  /** Sets whether the start cost may be measured while the room is paused. */
  set mayCalibrate(may: boolean) {
    if (this.controller !== null) this.controller.mayCalibrate = may;
  }

  /** How far the player is behind (+) or ahead (-), ms; null while unknown. */
  get error(): number | null {
    return this.controller?.error ?? null;
  }

  /** Corrective seeks of all players on this page. */
  get seeks(): number {
    let sum = 0;
    for (const controller of this.controllers.values()) sum += controller.seeks;
    return sum;
  }

  get costs(): Costs | null {
    return this.controller?.costs ?? null;
  }

  get state(): PlayerDriverState {
    const { player, controller } = this;
    if (player === null || controller === null) return 'none';
    if (this.blocked) return 'blocked';
    const reading = player.measure();
    if (!reading.ready) return 'loading';
    const playing = this.target()?.playing === true;
    if (reading.live !== null && !(playing && this.programmeOf(reading) !== null)) return reading.stalled ? 'buffering' : 'live';
    if (this.obstacle !== null) return 'stuck';
    if (!playing) return reading.canPlay ? 'ready' : 'loading';
    if (reading.ended) return 'ended';
    if (reading.stalled || this.waitsForBeginning(reading)) return 'buffering';
    if (this.currentMode === 'free' && !this.returning) return 'free';
    const { error } = controller;
    const can = player.abilities();
    // Not brought closer.
    const bound = can.quantum === 0 ? coarseSeekMs(can) : SYNCED_MS;
    return error !== null && Math.abs(error) <= bound && !controller.correcting ? 'synced' : 'correcting';
  }

  /** Why the player cannot follow the film (VF1); null while it can. */
  get obstacle(): Hindrance | null {
    if (this.currentMode === 'free') return null;
    const reading = this.player?.measure();
    if (reading?.advert === true) return 'advert';
    // The window of a live stream comes to the viewer, or another delay does.
    if (reading !== undefined && this.programmeOf(reading) !== null) return null;
    return this.controller?.stuck(this.ports.now()) ?? null;
  }

  /** Returns whether the player can seek there; true while unknown. */
  canReachPosition(to: number): boolean {
    const reading = this.player?.measure();
    return reading === undefined || !reading.ready || canReach(reading, to);
  }

  /** Whether the film is a broadcast, or the rest of one that has ended: its positions are this page's alone. */
  get live(): boolean {
    const reading = this.player?.measure();
    return reading !== undefined && (reading.live !== null || this.programmeOf(reading) !== null);
  }

  /** Whether the film follows the programme time of the room (LS2). */
  get followsProgramme(): boolean {
    const reading = this.player?.measure();
    return reading !== undefined && this.programmeOf(reading) !== null;
  }

  /** How far the viewer of a playing broadcast has fallen behind, s; 0 while it has not. */
  get behind(): number {
    const reading = this.player?.measure();
    const target = this.target();
    if (reading?.ready !== true || target?.playing !== true || reading.ended || target.startsIn(reading.readAt) > 0) return 0;
    const shared = this.inProgrammeTime(target, reading);
    if (shared !== null) {
      const lag = shared.target.at(reading.readAt) - shared.reading.position;
      return lag > BEHIND_S ? lag : 0;
    }
    const lag = (reading.live?.edge ?? Number.NEGATIVE_INFINITY) - reading.position;
    return lag > BEHIND_EDGE_S ? lag : 0;
  }

  /** Returns a viewer who has fallen behind to the programme time of the room, or to the live edge. */
  backToLive(): void {
    const { player } = this;
    const edge = player?.measure().live?.edge ?? null;
    this.controller?.reset();
    if (this.followsProgramme) this.returning = true;
    else if (edge !== null) player?.seek(edge);
    this.tick();
  }

  /** Returns the target position, s. */
  position(): number {
    const { timeline, optimisticPause } = this;
    if (optimisticPause !== null) return optimisticPause.position;
    if (timeline === null) return 0;
    return targetAt(timeline, this.ports.serverAt(this.ports.now()) ?? timeline.at);
  }

  tick(): void {
    const { player, controller, ports } = this;
    const target = this.target();
    if (player === null || controller === null || target === null) return;
    const reading = player.measure();
    const can = player.abilities();
    this.reportReady(target, reading, can);
    if (this.blocked) return;
    this.reportStall(target, reading);
    const shared = this.inProgrammeTime(target, reading);
    controller.mode = this.returning ? 'tight' : this.currentMode;
    const { actions, wakeInMs } = controller.decide(ports.now(), shared?.target ?? target, shared?.reading ?? reading, can);
    for (const action of actions) applyAction(player, action, shared?.programme ?? null);
    if (this.returning) this.returning = controller.error === null || Math.abs(controller.error) > SYNCED_MS;
    if (wakeInMs !== null) ports.wakeIn(wakeInMs);
    this.saveLearnedCosts(controller);
  }

  /** The programme time of a stream that the room follows by it; null for all other films. */
  private programmeOf({ programme }: PlayerReading): ProgrammeTime | null {
    return this.timeline?.liveDelay === undefined ? null : (programme ?? null);
  }

  /** Returns whether the room shows a live stream from its beginning, which is not due yet (LS2). */
  private waitsForBeginning(reading: PlayerReading): boolean {
    const target = this.target();
    const shared = target === null || !reading.paused ? null : this.inProgrammeTime(target, reading);
    const now = this.ports.now();
    return target !== null && shared !== null && shared.target.startsIn(now) > Math.max(0, target.startsIn(now));
  }

  /** Returns target and reading in programme time, in which the controller then decides; null for other films. */
  private inProgrammeTime(target: Target, reading: PlayerReading) {
    const programme = this.programmeOf(reading);
    const delay = this.timeline?.liveDelay;
    if (programme === null || delay === undefined) return null;
    // A pause has no position to go to: the next start leads to the programme time of then.
    if (!target.playing) return { programme: null, target, reading: { ...reading, live: { edge: null } } };
    const first = programme.beginning() ?? Number.NEGATIVE_INFINITY;
    const programmeTime = (local: number) => ((this.ports.serverAt(local) ?? 0) - delay + this.trimMs) / 1000;
    const programmeTarget: Target = {
      ...target,
      key: `${target.key} ${delay}`,
      rate: 1,
      // What is before the beginning is waited for at the first picture.
      at: (local) => Math.max(first, programmeTime(local)),
      startsIn: (local) => Math.max(target.startsIn(local), (first - programmeTime(local)) * 1000),
    };
    return { programme, target: programmeTarget, reading: programme.translate(reading) };
  }

  private controllerFor(player: Player, kind: string): Controller {
    const known = this.controllers.get(kind);
    if (known !== undefined) return known;
    const { startGuessMs, resumeGuessMs, seekGuessMs } = player.abilities();
    const guesses = { startAfterSeek: startGuessMs, startResumed: resumeGuessMs, seek: seekGuessMs };
    const made = new Controller(Costs.revive(guesses, this.ports.loadCosts(kind)));
    this.controllers.set(kind, made);
    return made;
  }

  private saveLearnedCosts(controller: Controller): void {
    const { costs } = controller;
    if (costs.learned === this.savedLessons) return;
    this.savedLessons = costs.learned;
    this.ports.saveCosts(this.kind, JSON.stringify(costs));
  }

  /**
   * Reports `ready` once per preparing change. A viewer that cannot or will not start in sync must not delay the
   * others.
   */
  private reportReady(target: Target, reading: PlayerReading, can: PlayerAbilities): void {
    const { timeline } = this;
    if (timeline?.phase !== 'preparing' || !reading.ready) return;
    const mark = `${timeline.epoch} ${timeline.seq}`;
    if (mark === this.readyReportedFor) return;
    const to = target.at(this.ports.now());
    const ahead = (reading.position - to) * 1000;
    const near = ahead >= -READY_WITHIN_MS - lateAllowedMs(can) && ahead <= READY_WITHIN_MS + can.seekSlackMs;
    const inPlace = reading.paused && !reading.seeking && reading.canPlay && near;
    const cannot = this.obstacle !== null || this.programmeOf(reading) !== null || !canReach(reading, to);
    if (!inPlace && !cannot && !this.blocked && this.currentMode !== 'free') return;
    this.readyReportedFor = mark;
    this.ports.onReady(timeline.seq);
  }

  private reportStall(target: Target, reading: PlayerReading): void {
    const now = this.ports.now();
    const follows = reading.live === null && this.programmeOf(reading) === null && this.obstacle === null;
    const stalled = target.playing && reading.ready && reading.stalled && follows;
    this.stalledSince = stalled ? (this.stalledSince ?? now) : null;
    const counts = this.stalledSince !== null && now - this.stalledSince >= STALL_COUNTS_MS;
    if (this.stallReported === counts || (this.stallReported && stalled)) return;
    this.stallReported = counts;
    this.ports.onStall(counts, this.timeline?.seq ?? 0);
  }

  private target(): Target | null {
    const { timeline, optimisticPause, ports, trimMs } = this;
    if (timeline === null) return null;
    if (optimisticPause !== null) {
      return {
        key: `held ${optimisticPause.position}`,
        playing: false,
        rate: 1,
        at: () => optimisticPause.position,
        startsIn: () => 0,
      };
    }
    const { epoch, item, phase, position, rate, at } = timeline;
    // The position of a playing film is unknown until the server time is.
    if (phase === 'playing' && ports.serverAt(ports.now()) === null) return null;
    const server = (local: number) => ports.serverAt(local) ?? at;
    return {
      key: `${epoch} ${item} ${phase} ${position} ${rate} ${at}`,
      playing: phase === 'playing',
      rate,
      at: (local) => Math.max(0, targetAt(timeline, server(local)) + trimMs / 1000),
      startsIn: (local) => at - server(local),
    };
  }
}

function applyAction(player: Player, action: PlayerAction, programme: ProgrammeTime | null): void {
  switch (action.kind) {
    case 'play':
      player.play();
      break;
    case 'pause':
      player.pause();
      break;
    case 'seek':
      player.seek(programme?.positionOf(action.to) ?? action.to);
      break;
    case 'rate':
      player.setRate(action.rate, action.keepPitch);
      break;
    case 'duck':
      player.duck(action.on);
      break;
  }
}
