/** A random scenario in a simulated room, and its measures. All figures in ms. */
import { seededRandom, quantile, type Random } from '../support/random';
import { DEVICES } from './device';
import { PROFILES, type ProfileName } from './network';
import { SimServer, SimViewer } from './room';
import { VirtualTime } from './virtual-time';

export interface ScenarioPlan {
  seed: number;
  lines: ProfileName[];
  device: keyof typeof DEVICES;
  seconds: number;
  /** Mean time between two actions of the host, s. */
  actEveryS: number;
}

export interface ScenarioMeasures {
  skews: number[];
  /** From the action until all pairs stay within 40 ms. */
  playMs: number[];
  seekMs: number[];
  joinMs: number[];
  correctiveSeeks: number;
  viewerHours: number;
  /** Seconds with a rate off by more than 5 cents and the sound on, per viewer-minute. */
  audible: number;
  /** The same from one cent on. */
  bent: number;
  /** Rate deviations during steady play. */
  lockShares: number[];
  messagesPerMinute: number;
}

const GRID_MS = 20;
const STEADY_MS = 3000;
const TOGETHER_MS = 40;
const STAYS_MS = 300;
const ONE_CENT = 0.0006;
const FIVE_CENTS = 0.0029;

export function runScenario({ seed, lines, device, seconds, actEveryS }: ScenarioPlan): ScenarioMeasures {
  const c = seededRandom(seed);
  const world = new VirtualTime();
  const server = new SimServer(world);
  const join = (line: ProfileName) => new SimViewer(server, DEVICES[device]!(c), PROFILES[line](c), c);
  for (const line of lines) join(line);
  world.runUntil(4000);

  const skews: number[] = [];
  const lockShares: number[] = [];
  const found = { play: [] as number[], seek: [] as number[], join: [] as number[] };
  let audibleMs = 0;
  let bentMs = 0;
  let playedMs = 0;
  let open: { kind: keyof typeof found; since: number; togetherSince: number | null } | null = null;
  let actAt = world.now;

  const look = () => {
    world.after(GRID_MS, look);
    const { timeline, viewers } = server;
    if (timeline.phase !== 'playing') return;
    const truths = viewers.map(({ player }) => player.truePosition * 1000);
    const span = Math.max(...truths) - Math.min(...truths);
    const all = viewers.every(({ player }) => !player.isStanding);
    if (open !== null) {
      open.togetherSince = all && span < TOGETHER_MS ? (open.togetherSince ?? world.now) : null;
      if (open.togetherSince !== null && world.now - open.togetherSince >= STAYS_MS) {
        found[open.kind].push(open.togetherSince - open.since);
        open = null;
      }
    }
    playedMs += GRID_MS * viewers.length;
    for (const { player } of viewers) {
      if (player.ducked || player.isStanding) continue;
      const off = Math.abs(player.rate - 1);
      if (off > ONE_CENT) bentMs += GRID_MS;
      if (off > FIVE_CENTS) audibleMs += GRID_MS;
    }
    if (world.now - actAt < STEADY_MS) return;
    const steady = viewers.filter((viewer) => world.now > viewer.disturbedUntil && !viewer.player.isStalled);
    for (let i = 0; i < steady.length; i++) {
      lockShares.push(Math.abs(steady[i]!.player.rate - 1));
      for (let j = i + 1; j < steady.length; j++) {
        skews.push(Math.abs(steady[i]!.player.truePosition - steady[j]!.player.truePosition) * 1000);
      }
    }
  };
  look();

  const acted = (kind: keyof typeof found) => {
    actAt = world.now;
    open = { kind, since: world.now, togetherSince: null };
  };
  /** A command takes the host's network delay to arrive. */
  const press = (kind: 'play' | 'seek', run: () => void) => {
    acted(kind);
    server.viewers[0]!.up.send(run);
  };
  press('play', () => server.play());
  let joined = false;
  const end = world.now + seconds * 1000;
  while (world.now < end) {
    world.runUntil(Math.min(end, world.now + c.between(0.6, 1.4) * actEveryS * 1000));
    if (world.now >= end) break;
    joined = act(c, server, press, () => {
      if (joined) return false;
      join(lines[lines.length - 1]!);
      acted('join');
      return true;
    }) || joined; // prettier-ignore
  }
  const hours = playedMs / 3.6e6;
  const viewers = server.viewers;
  return {
    skews,
    lockShares,
    playMs: found.play,
    seekMs: found.seek,
    joinMs: found.join,
    correctiveSeeks: viewers.reduce((sum, { driver }) => sum + driver.seeks, 0),
    viewerHours: hours,
    audible: audibleMs / 1000 / (playedMs / 60_000),
    bent: bentMs / 1000 / (playedMs / 60_000),
    messagesPerMinute: (viewers.reduce((sum, one) => sum + one.messages, 0) + server.messages) / (playedMs / 60_000),
  };
}

/** Performs one random action of the host, or lets a viewer join late. */
function act(
  c: Random,
  server: SimServer,
  press: (kind: 'play' | 'seek', run: () => void) => void,
  join: () => boolean,
): boolean {
  const what = c.pick(['seek', 'pause and play', 'two seeks', 'join'] as const);
  const there = c.between(10, 3000);
  const { world } = server;
  switch (what) {
    case 'seek':
      press('seek', () => server.seek(there));
      return false;
    case 'two seeks':
      press('seek', () => server.seek(there));
      world.runUntil(world.now + 700);
      press('seek', () => server.seek(there + 10));
      return false;
    case 'pause and play':
      press('play', () => server.pause());
      world.runUntil(world.now + c.pick([450, 3000]));
      press('play', () => server.play());
      return false;
    case 'join':
      return join();
  }
}

export interface SummaryRow {
  p50: number;
  p95: number;
  p99: number;
  within40: number;
  playP50: number;
  playP95: number;
  seekP50: number;
  seekP95: number;
  joinP50: number;
  joinP95: number;
  seeksPerHour: number;
  audible: number;
  bent: number;
  lockCents: number;
  messagesPerMinute: number;
}

/** Summarizes all scenarios of one kind as a row of the table. */
export function summarize(all: ScenarioMeasures[]): SummaryRow {
  const flat = (pick: (m: ScenarioMeasures) => number[]) => all.flatMap(pick);
  const skews = Float64Array.from(flat((m) => m.skews)).sort();
  const at = (share: number) => skews[Math.min(skews.length - 1, Math.floor(skews.length * share))] ?? Number.NaN;
  const mean = (pick: (m: ScenarioMeasures) => number) => all.reduce((sum, m) => sum + pick(m), 0) / all.length;
  let within = 0;
  while (within < skews.length && skews[within]! <= TOGETHER_MS) within++;
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    within40: (100 * within) / skews.length,
    playP50: quantile(flat((m) => m.playMs), 0.5),
    playP95: quantile(flat((m) => m.playMs), 0.95),
    seekP50: quantile(flat((m) => m.seekMs), 0.5),
    seekP95: quantile(flat((m) => m.seekMs), 0.95),
    joinP50: quantile(flat((m) => m.joinMs), 0.5),
    joinP95: quantile(flat((m) => m.joinMs), 0.95),
    seeksPerHour: all.reduce((sum, m) => sum + m.correctiveSeeks, 0) / all.reduce((sum, m) => sum + m.viewerHours, 0),
    audible: mean((m) => m.audible),
    bent: mean((m) => m.bent),
    lockCents: 1200 * Math.log2(1 + quantile(flat((m) => m.lockShares), 0.5)),
    messagesPerMinute: mean((m) => m.messagesPerMinute),
  }; // prettier-ignore
}
