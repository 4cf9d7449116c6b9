/*
 * The film of a stand-in for a provider's player: a clock that starts, pauses and seeks as late as a player in a frame, and
 * changes its rate as its provider allows. The quirks are data. No provider documents latencies; the ranges are those of
 * Chromium's media element (docs/SYNC.md) plus the loading of a segment. Every page simulates a device of its own.
 */
(() => {
  const between = ([low, high]) => low + Math.random() * (high - low);

  const COMMON = {
    durationS: 212.5,
    /** From a play command to movement, for the first start and for others. */
    startMs: [150, 350],
    resumeMs: [40, 110],
    pauseMs: [15, 40],
    seekMs: [200, 450],
    /** What a rate other than 1 costs when it begins, as Chromium with a kept pitch. */
    engageLossMs: 22,
    /** Offered rates; null: any from 0.5 to 2. */
    rates: null,
    /** Distance between the places where a seek can end; 0: anywhere. */
    keyframeS: 0,
    /** What a seek before the first start does: works, starts or nothing. */
    earlySeek: 'works',
    /** Length of an advertisement before the film. */
    advertMs: 0,
  };

  class StandInFilm {
    /** @param on called with the name of each event of the film */
    constructor(quirks, on) {
      this.quirks = { ...COMMON, ...quirks };
      this.on = on;
      this.startMs = between(this.quirks.startMs);
      this.resumeMs = between(this.quirks.resumeMs);
      this.seekMs = between(this.quirks.seekMs);
      this.anchor = { position: 0, at: performance.now() };
      this.rate = 1;
      // No two sound cards run at the same speed.
      this.pace = 1 + between([-50e-6, 50e-6]);
      this.volume = 1;
      this.muted = false;
      this.moving = false;
      this.seeking = false;
      this.paused = true;
      this.started = false;
      this.ended = false;
      this.advert = false;
      this.timers = { play: 0, pause: 0, seek: 0 };
      this.seeks = 0;
      setInterval(() => this.checkEnd(), 50);
      this.announce();
    }

    get position() {
      const { position, at } = this.anchor;
      const run = this.moving ? ((performance.now() - at) / 1000) * this.rate * this.pace : 0;
      return Math.min(this.quirks.durationS, position + run);
    }

    /** Tells the test where the film really is. */
    announce() {
      const at = performance.timeOrigin + performance.now();
      const { position, rate, pace, moving, seeking, paused, seeks } = this;
      const volume = this.muted ? 0 : this.volume;
      window.top.postMessage({ standIn: { position, at, rate, pace, moving, seeking, paused, volume, seeks } }, '*');
    }

    settle(position = this.position) {
      this.anchor = { position, at: performance.now() };
    }

    later(name, ms, run) {
      clearTimeout(this.timers[name]);
      this.timers[name] = setTimeout(run, ms);
    }

    play() {
      if (!this.paused) return;
      clearTimeout(this.timers.pause);
      this.paused = false;
      if (this.ended) this.settle(0);
      this.ended = false;
      const first = !this.started;
      this.started = true;
      this.on('play');
      if (first && this.quirks.advertMs > 0) this.showAdvert();
      else if (!this.seeking) this.moveIn(first ? this.startMs : this.resumeMs);
    }

    showAdvert() {
      this.advert = true;
      this.on('advert', true);
      this.announce();
      this.later('play', this.quirks.advertMs, () => {
        this.advert = false;
        this.on('advert', false);
        if (!this.paused) this.moveIn(this.startMs);
      });
    }

    moveIn(ms) {
      this.later('play', ms * (0.9 + 0.2 * Math.random()), () => {
        this.settle();
        this.moving = true;
        this.announce();
        this.on('playing');
      });
    }

    pause() {
      this.later('pause', between(this.quirks.pauseMs), () => {
        if (this.paused) return;
        if (!this.advert) clearTimeout(this.timers.play);
        this.settle();
        this.moving = false;
        this.paused = true;
        this.announce();
        this.on('pause');
      });
    }

    seek(to) {
      const { earlySeek, keyframeS, durationS } = this.quirks;
      if (!this.started && earlySeek === 'ignored') return;
      if (!this.started && earlySeek === 'starts') this.play();
      const place = keyframeS > 0 ? Math.floor(to / keyframeS) * keyframeS : to;
      this.seeks++;
      this.settle(Math.min(durationS, Math.max(0, place)));
      this.moving = false;
      this.seeking = true;
      this.ended = false;
      clearTimeout(this.timers.play);
      this.announce();
      this.on('seeking');
      this.later('seek', this.seekMs * (0.85 + 0.3 * Math.random()), () => {
        this.seeking = false;
        this.announce();
        this.on('seeked');
        if (!this.paused) this.moveIn(20);
      });
    }

    /** Returns the rate that the player then has. */
    setRate(wanted) {
      const { rates, engageLossMs } = this.quirks;
      const taken = rates === null ? Math.min(2, Math.max(0.5, wanted)) : rates.includes(wanted) ? wanted : this.rate;
      if (taken === this.rate) return taken;
      this.settle();
      if (this.moving && this.rate === 1) this.anchor.position -= engageLossMs / 1000;
      this.rate = taken;
      this.announce();
      this.on('ratechange');
      return taken;
    }

    setVolume(level, muted) {
      this.volume = level;
      this.muted = muted;
      this.announce();
      this.on('volumechange');
    }

    checkEnd() {
      if (!this.moving || this.position < this.quirks.durationS) return;
      this.settle();
      this.moving = false;
      this.paused = true;
      this.ended = true;
      this.announce();
      this.on('pause');
      this.on('ended');
    }
  }

  window.StandInFilm = StandInFilm;
  /** What the test asks of this page's player beyond its provider's own quirks. */
  window.standInQuirks = JSON.parse(window.name || '{}');
})();
