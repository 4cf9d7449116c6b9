/*
 * Stand-in for the player at player.vimeo.com. Messages as in github.com/vimeo/player.js (src/lib/postmessage.js: methods,
 * answers and events; src/player.js: `ready`, and its error). From that README:
 * - `timeupdate` "generally fires every 250ms".
 * - "Setting the current time before playback has started will cause playback to start."
 * - The duration is "rounded to the nearest second before playback begins".
 * - The rate goes "from 0 to 2 (available to PRO and Business accounts)", and "can be disabled by the creator".
 * - `bufferstart` "is also triggered during preload and while seeking".
 */
(() => {
  const READY_MS = 300;
  const id = location.pathname.split('/').pop();
  const send = (message) => window.parent.postMessage(message, '*');
  const emit = (event, data) => listened.has(event) && send({ event, data });
  const listened = new Set(['ready', 'error']);

  // A private video: the player answers with an error in place of `ready`.
  if (id === '1000403') {
    setTimeout(() => emit('error', { method: 'ready', name: 'PrivacyError', message: 'private' }), READY_MS);
    return;
  }

  const film = new window.StandInFilm({ earlySeek: 'starts', ...window.standInQuirks }, (event) => {
    if (event === 'seeking') emit('bufferstart');
    if (event === 'playing' || event === 'seeked') emit('bufferend');
    const name = event === 'ratechange' ? 'playbackratechange' : event;
    emit(name, name === 'playbackratechange' ? { playbackRate: film.rate } : at());
  });
  const duration = () => (film.started ? film.quirks.durationS : Math.round(film.quirks.durationS));
  const at = () => ({ seconds: film.position, duration: duration(), percent: film.position / duration() });

  const methods = {
    play: () => film.play(),
    pause: () => film.pause(),
    setCurrentTime: (to) => (film.seek(to), to),
    getCurrentTime: () => film.position,
    getDuration: duration,
    setVolume: (level) => (film.setVolume(level, film.muted), level),
    setMuted: (muted) => (film.setVolume(film.volume, muted), muted),
    setPlaybackRate: (rate) => film.setRate(rate),
    addEventListener: (name) => void listened.add(name),
  };
  window.addEventListener('message', ({ source, data }) => {
    const run = methods[data?.method];
    if (source !== window.parent || run === undefined) return;
    if (data.method === 'setPlaybackRate' && film.quirks.oneRate) {
      send({ event: 'error', data: { method: 'setPlaybackRate', name: 'Error', message: 'not available' } });
    } else {
      const value = run(data.value);
      setTimeout(() => send({ method: data.method, value }), 2);
    }
  });
  setInterval(() => film.moving && emit('timeupdate', at()), 250);
  setTimeout(() => send({ event: 'ready' }), READY_MS);
})();
