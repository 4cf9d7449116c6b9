/**
 * Reads the film every 20 ms, by the ticks of a worker, whose timers no page's visibility slows down; and notes every frame
 * that is shown, as a second measurement. Runs in the page.
 */
export function installSampler(lab) {
  const PER_SAMPLE = 5;
  let film = null;

  /** The film of a stand-in for a provider's player, by the properties of a media element. */
  const standIn = {
    seeks: 0,
    sound: '',
    seen: undefined,
    look() {
      this.seen = window.__standIn?.truth(lab.origin + lab.now());
      return this.seen;
    },
    get isConnected() {
      return document.querySelector('.player-mount > *') !== null;
    },
    get currentTime() {
      return this.look().position;
    },
    get paused() {
      return this.seen.paused;
    },
    get seeking() {
      return this.seen.seeking;
    },
    get playbackRate() {
      return this.seen.rate;
    },
    get volume() {
      return this.seen.volume;
    },
    muted: false,
    preservesPitch: true,
    get readyState() {
      // Ready when the page knows the film's length.
      return /[1-9]:\d\d\s*$/.test(document.querySelector('.bar-time')?.textContent ?? '') ? 4 : 0;
    },
    /** Writes down what commands did since the last sample; their own moments are only known to the frame. */
    note(at) {
      const { position, paused, seeks, rate, volume } = this.seen;
      if (seeks > this.seeks) lab.seeks.push([at, position, position, paused ? 1 : 0]);
      this.seeks = seeks;
      const sound = `${rate} ${volume}`;
      if (sound !== this.sound) lab.tones.push([at, rate, volume]);
      this.sound = sound;
    },
  };

  const find = () => {
    if (window.__standIn !== undefined) return standIn.look() !== undefined && standIn.isConnected ? standIn : null;
    const wrapped = document.querySelector('hls-video, dash-video')?.shadowRoot?.querySelector('video');
    return wrapped ?? document.querySelector('video');
  };

  function watchFrames(video) {
    if (lab.onFrame === undefined || video === standIn) return;
    const next = () =>
      lab.onFrame(video, (_, { mediaTime, expectedDisplayTime }) => {
        lab.frames.push(expectedDisplayTime, mediaTime);
        if (video === film) next();
      });
    next();
  }

  function begin(video) {
    film = video;
    if (film === standIn) film.look();
    lab.tones.push([lab.now(), film.playbackRate, film.muted ? 0 : film.volume]);
    watchFrames(film);
  }

  function sample() {
    if (film === null || !film.isConnected) {
      const found = find();
      if (found !== null && found !== film) begin(found);
      if (found === null) film = null;
    }
    if (film === null) return;
    const before = lab.now();
    const position = film.currentTime;
    const at = (before + lab.now()) / 2;
    const state =
      (film.paused ? 1 : 0) +
      (film.seeking ? 2 : 0) +
      (film.preservesPitch ? 4 : 0) +
      (film.muted ? 8 : 0) +
      film.readyState * 16;
    film.note?.(at);
    lab.samples.push(at, position, state, film.playbackRate, film.volume);
  }

  const source = 'setInterval(() => postMessage(0), 20)';
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  worker.onmessage = sample;

  const take = (name) => lab[name].splice(0);
  lab.film = () => film;
  /** Hands out what was written down since the last time. */
  lab.drain = () => ({
    now: lab.now(),
    perSample: PER_SAMPLE,
    samples: take('samples').map((value) => Math.round(value * 1e5) / 1e5),
    frames: take('frames'),
    seeks: take('seeks'),
    tones: take('tones'),
    packets: take('packets'),
    dropped: film?.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0,
    shown: film?.getVideoPlaybackQuality?.().totalVideoFrames ?? 0,
  });
}
