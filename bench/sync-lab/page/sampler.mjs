/**
 * Reads the film every 20 ms, by the ticks of a worker, whose timers no page's visibility slows down; and notes every frame
 * that is shown, as a second measurement. Runs in the page.
 */
export function installSampler(lab) {
  const PER_SAMPLE = 5;
  let film = null;

  const find = () => {
    const wrapped = document.querySelector('hls-video, dash-video')?.shadowRoot?.querySelector('video');
    return wrapped ?? document.querySelector('video');
  };

  function watchFrames(video) {
    if (lab.onFrame === undefined) return;
    const next = () =>
      lab.onFrame(video, (_, { mediaTime, expectedDisplayTime }) => {
        lab.frames.push(expectedDisplayTime, mediaTime);
        if (video === film) next();
      });
    next();
  }

  function begin(video) {
    film = video;
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
