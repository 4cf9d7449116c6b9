/*
 * Stand-in for the player of a PeerTube instance (/videos/embed/ID?api=1). Methods and notices as in PeerTube's source
 * (client/src/standalone/videos/embed-api.ts), in the messages of jschannel: JSON text, `ping` and `pong` to begin with.
 * - `playbackStatusUpdate` comes every 500 ms; `playbackStatusChange` says `playing` when a start is asked for, not when the
 *   film moves. Nothing reports buffering or the end of a seek.
 * - The API cannot mute.
 * - A rate "should be one of the options returned by getPlaybackRates()" (docs.joinpeertube.org/api/embed-player).
 */
(() => {
  const READY_MS = 400;
  const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
  let phase = 'unstarted';
  let ready = false;
  const film = new window.StandInFilm({ rates: RATES, ...window.standInQuirks }, (event) => {
    const next = { play: 'playing', pause: 'paused', ended: 'ended' }[event];
    if (next === undefined) return;
    phase = next;
    notify('playbackStatusChange', phase);
  });
  const send = (message) => window.parent.postMessage(JSON.stringify(message), '*');
  const notify = (method, params) => send({ method: `peertube::${method}`, params });
  const methods = {
    isReady: () => ready,
    play: () => film.play(),
    pause: () => film.pause(),
    seek: (to) => film.seek(to),
    getCurrentTime: () => film.position,
    setVolume: (level) => film.setVolume(level, false),
    setPlaybackRate: (rate) => void film.setRate(rate),
    getPlaybackRate: () => film.rate,
    getPlaybackRates: () => RATES,
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window.parent || typeof data !== 'string') return;
    const { id, method, params } = JSON.parse(data);
    const name = method?.replace('peertube::', '');
    if (name === '__ready' && params === 'ping') notify('__ready', 'pong');
    if (methods[name] !== undefined && id !== undefined) send({ id, result: methods[name](params) });
  });
  setInterval(() => {
    if (!ready) return;
    notify('playbackStatusUpdate', {
      position: film.position,
      volume: film.volume,
      duration: film.quirks.durationS,
      playbackState: phase,
    });
  }, 500);
  notify('__ready', 'ping');
  setTimeout(() => {
    ready = true;
    notify('ready', true);
  }, READY_MS);
})();
