// The script of a session, the same for both algorithms. Every act is recorded with its moment.

import { pause } from '../../../testkit/waiting.mjs';
import { hide } from './disturbances.mjs';

const SKIP_S = 10;
const STALL_COMES_MS_MAX = 30_000;
const STALL_MS = 2000;
/** The bound for a join on a slow machine. */
const COMING_S = 30;
const HOUR_MS = 3_600_000;
/** So long before its end a film is put to let it end. */
const BEFORE_END_S = 5;
const NAMES = ['Ana', 'Ben', 'Cem', 'Dia', 'Eli', 'Fay', 'Gus', 'Hal'];

export class Block {
  /** Acts in order: {kind, t, playing, by, delta?, joiner?}; `playing` is whether the film should run from then on. */
  acts = [];
  /** Called after the first steady stretch; may end the block when the machine is too slow. */
  afterSteady;
  /** When a page was not there: [page, from, to]. */
  absences = [];
  #visits = 0;

  constructor({ app, viewers, origin, plan, lines, say }) {
    Object.assign(this, { app, viewers, origin, plan, lines, say });
    this.names = viewers.map((viewer) => NAMES[viewer.index]);
    this.host = viewers[0];
    this.playing = false;
  }

  note(kind, t, more = {}) {
    this.acts.push({
      kind,
      t,
      playing: this.playing,
      by: this.host.index,
      ...more,
    });
  }

  async run() {
    try {
      await this.#session();
    } finally {
      this.over = true;
    }
  }

  async #session() {
    const { plan, viewers } = this;
    await this.gather();
    const show = plan.hides ? await hide(viewers[plan.disturbedPage]) : undefined;
    await this.toggle();
    this.steadyFrom = await this.host.now();
    await this.steady(plan.steadyS, () => this.disturb());
    this.afterSteady?.();
    for (let round = 0; round < plan.rounds; round++) {
      await this.toggle();
      await this.toggle();
      await this.skip();
    }
    if (plan.hasty) {
      await this.pausePlay();
      await this.twoSkips();
    }
    // A page that is hidden cannot be clicked.
    await show?.();
    for (let film = 0; film < plan.films; film++) await this.playOn(film);
    await this.lateJoin();
    if (plan.hostChange) await this.changeHost();
    if (plan.wallStep) await this.stepWall();
    await this.makeRoom(plan.steadyS / 2);
    const showAgain = plan.hides ? await hide(viewers[plan.disturbedPage]) : undefined;
    await this.steady(plan.steadyS / 2);
    this.note('end', await this.host.now());
    await showAgain?.();
    await Promise.all(viewers.map((viewer) => viewer.collect()));
  }

  async gather() {
    const [host, ...guests] = this.viewers;
    this.code = await this.app.create(host, this.origin, this.names[0]);
    for (const guest of guests) await this.app.join(guest, this.origin, this.code, this.names[guest.index]);
    await this.app.setFilm(host);
    await Promise.all(guests.map((guest) => guest.filmReady()));
    // Players may get to know themselves before the film begins.
    await pause(this.plan.lobbyMs);
    this.note('gathered', await host.now());
  }

  async wait(ms) {
    const until = performance.now() + ms;
    while (performance.now() < until) {
      await pause(Math.min(4000, Math.max(0, until - performance.now())));
      await Promise.all(this.viewers.map((viewer) => viewer.collect()));
    }
  }

  async steady(seconds, also) {
    const extra = also?.();
    await this.wait(seconds * 1000);
    await extra;
  }

  /** Play or pause, by the host's key. */
  async toggle() {
    const t = await this.host.press('k');
    this.playing = !this.playing;
    this.note(this.playing ? 'play' : 'pause', t);
    await this.wait(this.plan.gapMs);
  }

  async #direction() {
    return (await this.host.position()) < 75 ? 1 : -1;
  }

  async skip() {
    const ahead = await this.#direction();
    const t = await this.host.press(ahead > 0 ? 'l' : 'j');
    this.note('seek', t, { delta: ahead * SKIP_S * 1000 });
    await this.wait(this.plan.gapMs);
  }

  async pausePlay() {
    this.playing = false;
    this.note('pause', await this.host.press('k'), { hasty: true });
    await pause(400);
    this.playing = true;
    this.note('play', await this.host.press('k'), { hasty: true });
    await this.wait(this.plan.gapMs);
  }

  async twoSkips() {
    const ahead = await this.#direction();
    const key = ahead > 0 ? 'l' : 'j';
    this.note('move', await this.host.press(key));
    await pause(600);
    const t = await this.host.press(key);
    this.note('seek', t, {
      delta: 2 * ahead * SKIP_S * 1000,
      since: this.acts.at(-1).t,
      hasty: true,
    });
    await this.wait(this.plan.gapMs);
  }

  /** Lets the film end and the next one of the queue follow. */
  async playOn(film) {
    if (this.app.queue === undefined) return;
    const { host } = this;
    await this.app.queue(host, `${this.origin}/media/sample.mp4?${film}`);
    const end = await host.duration();
    await this.app.seek(host, end - BEFORE_END_S);
    this.note('move', await host.now());
    await host.waitUntilFilm((near) => window.__lab.film()?.currentTime > near, end - 1);
    this.note('next', await host.now(), { end: end * 1000 });
    await this.wait(this.plan.gapMs * 1.5);
  }

  /** Goes back as far as a steady stretch needs. */
  async makeRoom(seconds) {
    const position = await this.host.position();
    const back = Math.ceil((position + seconds + 12 - 148) / SKIP_S);
    for (let n = 0; n < back; n++) {
      this.note('move', await this.host.press('j'));
      await this.wait(900);
    }
    if (back > 0) await this.wait(this.plan.gapMs);
  }

  async #comeBack(viewer) {
    // A name of its own: the old one may still be held.
    const name = `${this.names[viewer.index]} ${++this.#visits + 1}`;
    await this.app.join(viewer, this.origin, this.code, name);
    this.names[viewer.index] = name;
  }

  /** The last page goes, and comes back while the film runs. */
  async lateJoin() {
    await this.makeRoom(COMING_S);
    const joiner = this.viewers.at(-1);
    const from = await joiner.now();
    await this.app.leave(joiner);
    this.note('leave', from, { joiner: joiner.index });
    await this.wait(2500);
    await this.#comeBack(joiner);
    await joiner.filmReady();
    const t = await joiner.now();
    this.absences.push([joiner.index, from, t]);
    this.note('join', t, { joiner: joiner.index });
    await this.wait(this.plan.gapMs * 2);
  }

  /** Another page gets the remote, the old host leaves and comes back as a guest. */
  async changeHost() {
    await this.makeRoom(COMING_S);
    const old = this.host;
    const next = this.viewers[1];
    await this.app.promote(old, this.names[next.index]);
    await this.wait(1500);
    const from = await old.now();
    await this.app.leave(old);
    this.note('leave', from, { joiner: old.index });
    this.host = next;
    await this.wait(3000);
    await this.#comeBack(old);
    await old.filmReady();
    const t = await old.now();
    this.absences.push([old.index, from, t]);
    this.note('join', t, { joiner: old.index });
    await this.wait(this.plan.gapMs * 2);
    await this.skip();
  }

  /** Sets the wall clock of one page by an hour, which must have no effect. */
  async stepWall() {
    const viewer = this.viewers.at(-1);
    this.note('wall', await viewer.now(), { passive: true });
    await viewer.stepWall(HOUR_MS);
    await this.wait(this.plan.gapMs);
  }

  async disturb() {
    const { plan, lines } = this;
    if (!plan.stalls) return;
    await pause(1000);
    const viewer = this.viewers[plan.disturbedPage];
    lines.holdFilm(true);
    const stuck = () => (window.__lab.film()?.readyState ?? 0) < 3;
    await viewer.page
      .waitForFunction(stuck, undefined, {
        timeout: STALL_COMES_MS_MAX,
        polling: 50,
      })
      .catch(() => this.say('the film did not stall'));
    await pause(STALL_MS);
    lines.holdFilm(false);
  }
}
