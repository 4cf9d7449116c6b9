/** Carries the controller's orders out on the player at hand, and tells the room what it waits for. One per page; players come and go. */
import type { Player } from '../media/player';
import type { Timeline } from '../protocol/messages';
import { Controller, type Mode } from './controller';
import { Costs } from './costs';
import { type Obstacle, canReach } from './reach';
import type { Act, Goal, Measured } from './orders';
import { targetAt } from './timeline';

export interface DriverPorts {
  now(): number;
  /** Server time for a local time; null while unknown. */
  serverAt(localMs: number): number | null;
  wakeIn(ms: number): void;
  /** The player stands where the preparing timeline wants it and can start (TL9). */
  onReady(seq: number): void;
  /** The running player has nothing to play, or has again (WT2). */
  onStall(stalled: boolean, seq: number): void;
  /** What was learned about a kind of player on this device. */
  recall(kind: string): string | null;
  keep(kind: string, costs: string): void;
}

/** What the driver is doing, in the words of the status message. */
export type DriverState =
  'none' | 'loading' | 'ready' | 'synced' | 'correcting' | 'buffering' | 'blocked' | 'free' | 'stuck' | 'live';

const READY_WITHIN_MS = 40;
const STALL_COUNTS_MS = 300;
const SYNCED_MS = 40;

export class Driver {
  private player: Player | null = null;
  private kind = 'none';
  private controllers = new Map<string, Controller>();
  private controller: Controller | null = null;
  private timeline: Timeline | null = null;
  /** A pause of this person that the server has not confirmed yet. */
  private held: { position: number } | null = null;
  private halted = false;
  /** The preparing state that was answered: which life of the room, and which change of it. */
  private readyAt = '';
  private stalledSince: number | null = null;
  private stallTold = false;
  /** How many lessons were kept. */
  private kept = 0;
  private currentMode: Mode = 'tight';
  private trimMs = 0;

  constructor(private readonly ports: DriverPorts) {}

  attach(player: Player | null, kind: string): void {
    this.player = player;
    this.kind = kind;
    this.halted = false;
    this.readyAt = '';
    this.stalledSince = null;
    this.stallTold = false;
    this.controller = player === null ? null : this.controllerFor(player, kind);
    this.controller?.reset();
    this.kept = this.controller?.costs.learned ?? 0;
    this.tick();
  }

  follow(timeline: Timeline | null): void {
    this.timeline = timeline;
    this.held = null;
    this.tick();
  }

  /** Stops at once, before the server says so; `follow` or `release` ends it. */
  hold(position: number): void {
    this.held = { position };
    this.tick();
  }

  release(): void {
    this.held = null;
    this.tick();
  }

  /** The browser refuses to start: no more tries until a person says so. */
  halt(): void {
    this.halted = true;
  }

  /** Called inside a person's gesture: the start it allows is used at once. */
  resume(): void {
    this.halted = false;
    const goal = this.goal();
    if (goal?.playing === true) this.player?.play();
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

  /** Moves this viewer's film against the room's, ms: positive is earlier. */
  set trim(ms: number) {
    this.trimMs = ms;
    this.tick();
  }

  /** Whether the lobby may be used to find out what a start costs. */
  set mayCalibrate(may: boolean) {
    if (this.controller !== null) this.controller.mayCalibrate = may;
  }

  /** How far the player is behind (+) or ahead (-) in ms, null while nothing can be said. */
  get error(): number | null {
    return this.controller?.error ?? null;
  }

  /** Seeks that corrected running players on this page. */
  get seeks(): number {
    let sum = 0;
    for (const controller of this.controllers.values()) sum += controller.seeks;
    return sum;
  }

  get costs(): Costs | null {
    return this.controller?.costs ?? null;
  }

  get state(): DriverState {
    const { player, controller } = this;
    if (player === null || controller === null) return 'none';
    if (this.halted) return 'blocked';
    const seen = player.measure();
    if (!seen.ready) return 'loading';
    if (seen.live !== null) return seen.stalled ? 'buffering' : 'live';
    if (this.obstacle !== null) return 'stuck';
    if (this.goal()?.playing !== true) return seen.canPlay ? 'ready' : 'loading';
    if (seen.stalled) return 'buffering';
    if (this.currentMode === 'free') return 'free';
    const { error } = controller;
    return error !== null && Math.abs(error) <= SYNCED_MS && !controller.correcting ? 'synced' : 'correcting';
  }

  /** Why the player cannot follow the film (VF1); null while it does. */
  get obstacle(): Obstacle | null {
    return this.currentMode === 'free' ? null : (this.controller?.stuck(this.ports.now()) ?? null);
  }

  /** Whether this viewer's player could be sent there; true while that is not known. */
  reaches(to: number): boolean {
    const seen = this.player?.measure();
    return seen === undefined || !seen.ready || canReach(seen, to);
  }

  /** Where the film should be now, in seconds. */
  position(): number {
    const { timeline, held } = this;
    if (held !== null) return held.position;
    if (timeline === null) return 0;
    return targetAt(timeline, this.ports.serverAt(this.ports.now()) ?? timeline.at);
  }

  tick(): void {
    const { player, controller, ports } = this;
    const goal = this.goal();
    if (player === null || controller === null || goal === null) return;
    const seen = player.measure();
    this.tellReady(goal, seen);
    if (this.halted) return;
    this.tellStall(goal, seen);
    controller.mode = this.currentMode;
    const { acts, wakeInMs } = controller.decide(ports.now(), goal, seen, player.abilities());
    for (const act of acts) carryOut(player, act);
    if (wakeInMs !== null) ports.wakeIn(wakeInMs);
    this.keepLessons(controller);
  }

  private controllerFor(player: Player, kind: string): Controller {
    const known = this.controllers.get(kind);
    if (known !== undefined) return known;
    const { startGuessMs, resumeGuessMs, seekGuessMs } = player.abilities();
    const guesses = { startAfterSeek: startGuessMs, startResumed: resumeGuessMs, seek: seekGuessMs };
    const made = new Controller(Costs.revive(guesses, this.ports.recall(kind)));
    this.controllers.set(kind, made);
    return made;
  }

  private keepLessons(controller: Controller): void {
    const { costs } = controller;
    if (costs.learned === this.kept) return;
    this.kept = costs.learned;
    this.ports.keep(this.kind, JSON.stringify(costs));
  }

  /** Once for each preparing state. Who cannot or will not start in step must not keep the others waiting either. */
  private tellReady(goal: Goal, seen: Measured): void {
    const { timeline } = this;
    if (timeline?.phase !== 'preparing' || !seen.ready) return;
    const mark = `${timeline.epoch} ${timeline.seq}`;
    if (mark === this.readyAt) return;
    const to = goal.at(this.ports.now());
    const off = Math.abs(to - seen.position) * 1000;
    const inPlace = seen.paused && !seen.seeking && seen.canPlay && off <= READY_WITHIN_MS;
    const cannot = this.obstacle !== null || !canReach(seen, to);
    if (!inPlace && !cannot && !this.halted && this.currentMode !== 'free') return;
    this.readyAt = mark;
    this.ports.onReady(timeline.seq);
  }

  private tellStall(goal: Goal, seen: Measured): void {
    const now = this.ports.now();
    const follows = seen.live === null && this.obstacle === null;
    const stalled = goal.playing && seen.ready && seen.stalled && follows;
    this.stalledSince = stalled ? (this.stalledSince ?? now) : null;
    const counts = this.stalledSince !== null && now - this.stalledSince >= STALL_COUNTS_MS;
    if (this.stallTold === counts || (this.stallTold && stalled)) return;
    this.stallTold = counts;
    this.ports.onStall(counts, this.timeline?.seq ?? 0);
  }

  private goal(): Goal | null {
    const { timeline, held, ports, trimMs } = this;
    if (timeline === null) return null;
    if (held !== null) {
      return { key: `held ${held.position}`, playing: false, rate: 1, at: () => held.position, startsIn: () => 0 };
    }
    const { epoch, item, phase, position, rate, at } = timeline;
    // A film that runs is nowhere in particular for somebody who does not know the time yet.
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

function carryOut(player: Player, act: Act): void {
  switch (act.kind) {
    case 'play':
      player.play();
      break;
    case 'pause':
      player.pause();
      break;
    case 'seek':
      player.seek(act.to);
      break;
    case 'rate':
      player.setRate(act.rate, act.keepPitch);
      break;
    case 'duck':
      player.duck(act.on);
      break;
  }
}
