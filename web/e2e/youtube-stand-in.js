/*
 * Stand-in for https://www.youtube.com/iframe_api, which behaves as the documented IFrame player. Readiness is late and
 * every command takes time. The position is reported at intervals and extrapolated in between, and rates come in steps.
 * Seeks have no end event, and a seek before the first start starts the player.
 */
(() => {
  const State = { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3, CUED: 5 };
  const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
  const READY_MS = 350;
  // Every page simulates a device of its own.
  const START_MS = 180 + Math.random() * 250;
  const SEEK_MS = 220 + Math.random() * 250;
  const PAUSE_MS = 40;
  const DELIVERY_MS = 250;
  const DURATION = 212.5;

  const players = [];
  const onScreen = () => players.filter((player) => player.iframe.isConnected).at(-1);

  class Player {
    constructor(target, options = {}) {
      this.listeners = new Map();
      this.state = State.UNSTARTED;
      this.anchor = { position: 0, at: performance.now() };
      this.delivered = { position: 0, at: performance.now(), moving: false };
      this.rate = 1;
      this.volume = 100;
      this.muted = false;
      this.pending = 0;
      this.pausing = false;
      this.seeks = 0;
      this.wanted = false;
      this.iframe = target;
      for (const [name, run] of Object.entries(options.events ?? {})) this.addEventListener(name, run);
      players.push(this);
      setTimeout(() => this.emit('onReady', null), READY_MS);
      // A video named error150____ is one whose owner does not allow embedding.
      const error = /\/embed\/error(\d+)_/.exec(target.src)?.[1];
      if (error !== undefined) setTimeout(() => this.emit('onError', Number(error)), READY_MS + 50);
      this.timer = setInterval(() => this.deliver(), DELIVERY_MS);
    }

    addEventListener(name, run) {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), run]);
    }

    emit(name, data) {
      for (const run of this.listeners.get(name) ?? []) run({ target: this, data });
    }

    truth() {
      if (this.state !== State.PLAYING) return this.anchor.position;
      return Math.min(DURATION, this.anchor.position + ((performance.now() - this.anchor.at) / 1000) * this.rate);
    }

    settle(position) {
      this.anchor = { position, at: performance.now() };
    }

    enter(state) {
      if (state === State.PAUSED) this.pausing = false;
      if (this.state === state) return;
      this.settle(this.truth());
      this.state = state;
      this.deliver();
      this.emit('onStateChange', state);
    }

    deliver() {
      if (this.state === State.PLAYING && this.truth() >= DURATION) {
        this.enter(State.ENDED);
        return;
      }
      this.delivered = { position: this.truth(), at: performance.now(), moving: this.state === State.PLAYING };
      // Position message of the frame, with the wall time of the reading.
      const info = { currentTime: this.delivered.position, currentTimeLastUpdated_: Date.now() / 1000 };
      const data = JSON.stringify({ event: 'infoDelivery', info });
      const message = { data, origin: 'https://www.youtube.com', source: this.iframe.contentWindow };
      setTimeout(() => window.dispatchEvent(new MessageEvent('message', message)), 3 + Math.random() * 12);
      this.emit('onVideoProgress', this.delivered.position);
    }

    later(ms, run) {
      clearTimeout(this.pending);
      this.pausing = false;
      this.pending = setTimeout(run, ms);
    }

    playVideo() {
      this.wanted = true;
      if (this.state === State.PLAYING) return;
      if (this.state === State.ENDED) this.settle(0);
      if (this.state !== State.PAUSED) this.enter(State.BUFFERING);
      this.later(START_MS, () => this.enter(State.PLAYING));
    }

    pauseVideo() {
      this.wanted = false;
      // Asked again it takes no longer.
      if (this.pausing) return;
      this.later(PAUSE_MS, () => this.enter(State.PAUSED));
      this.pausing = true;
    }

    seekTo(seconds) {
      this.seeks++;
      const before = this.state;
      const goesOn = before !== State.PAUSED || this.wanted;
      this.enter(State.BUFFERING);
      this.settle(seconds);
      this.deliver();
      this.later(SEEK_MS, () => this.enter(goesOn ? State.PLAYING : State.PAUSED));
    }

    getCurrentTime() {
      const { position, at, moving } = this.delivered;
      return moving ? position + (Math.min(1000, performance.now() - at) / 1000) * this.rate : position;
    }

    getDuration() {
      return DURATION;
    }

    getPlayerState() {
      return this.state;
    }

    getPlaybackRate() {
      return this.rate;
    }

    /** Documented: a rate that is not offered is rounded towards 1. */
    setPlaybackRate(wanted) {
      const fits = RATES.filter((rate) => (wanted >= 1 ? rate >= 1 && rate <= wanted : rate <= 1 && rate >= wanted));
      const rate = wanted >= 1 ? Math.max(...fits) : Math.min(...fits);
      if (rate === this.rate) return;
      this.settle(this.truth());
      this.rate = rate;
      this.deliver();
      setTimeout(() => this.emit('onPlaybackRateChange', rate), 20);
    }

    getAvailablePlaybackRates() {
      return RATES;
    }

    getVideoLoadedFraction() {
      return Math.min(1, (this.truth() + 30) / DURATION);
    }

    getVolume() {
      return this.volume;
    }

    setVolume(volume) {
      this.volume = volume;
      this.emit('onVolumeChange', { volume, muted: this.muted });
    }

    isMuted() {
      return this.muted;
    }

    mute() {
      this.muted = true;
    }

    unMute() {
      this.muted = false;
    }

    getOption() {
      return [];
    }

    setOption() {}

    destroy() {
      clearInterval(this.timer);
      clearTimeout(this.pending);
    }
  }

  window.__standIn = {
    truth() {
      const player = onScreen();
      if (player === undefined) return undefined;
      const { state, rate, seeks, volume } = player;
      const seeking = state === State.BUFFERING;
      return { position: player.truth(), paused: state !== State.PLAYING, seeking, rate, seeks, volume: volume / 100 };
    },
  };
  window.YT = { Player, PlayerState: State };
  setTimeout(() => window.onYouTubeIframeAPIReady?.(), 60);
})();
