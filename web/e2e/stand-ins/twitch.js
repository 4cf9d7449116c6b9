/*
 * Stand-in for the player at player.twitch.tv. Messages as in `twitch-video-element` (github.com/muxinc/media-elements):
 * commands by number, events of the namespace `twitch-embed`, states by `UPDATE_STATE`. From Twitch's documentation of the
 * embedded player (dev.twitch.tv/docs/embed/video-and-clips):
 * - `parent` has to name the host of the page.
 * - There is no method for rates. The current time and the duration exist for videos, not for live streams.
 * Assumed, because it is not documented: a state each second and on each change; seeks end at a keyframe, which Twitch's
 * broadcasting guidelines ask for every two seconds; nothing reports an advertisement, during which the time stands still.
 */
(() => {
  const READY_MS = 500;
  const STATE_MS = 1000;
  const asked = new URLSearchParams(location.search);
  // Twitch's own answer has a policy that forbids the frame.
  if (asked.get('parent') !== new URL(document.referrer).hostname) return;
  const live = asked.has('channel');
  const send = (namespace, eventName, params = {}) => window.parent.postMessage({ namespace, eventName, params }, '*');
  const emit = (name) => send('twitch-embed', name);

  const film = new window.StandInFilm(
    { rates: [1], keyframeS: 2, earlySeek: 'ignored', seekMs: [500, 1200], startMs: [300, 600], ...window.standInQuirks },
    (event) => {
      if (event === 'play' || event === 'playing' || event === 'pause' || event === 'ended') emit(event);
      if (event === 'seeking') emit('seek');
      state();
    },
  );
  const playback = () => {
    if (film.ended) return 'Ended';
    if (film.advert) return 'Playing';
    if (film.seeking || (!film.paused && !film.moving)) return 'Buffering';
    return film.moving ? 'Playing' : film.started ? 'Idle' : 'Ready';
  };
  const state = () =>
    send('twitch-embed-player-proxy', 'UPDATE_STATE', {
      currentTime: live ? 0 : film.position,
      duration: live ? 0 : film.quirks.durationS,
      ended: film.ended,
      muted: film.muted,
      volume: film.volume,
      playback: playback(),
    });

  const commands = {
    2: () => film.pause(),
    3: () => film.play(),
    4: (to) => film.seek(to),
    10: (muted) => film.setVolume(film.volume, muted),
    11: (level) => film.setVolume(level, film.muted),
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source === window.parent && data?.namespace === 'twitch-embed-player-proxy') commands[data.eventName]?.(data.params);
  });
  setInterval(state, STATE_MS);
  setTimeout(() => {
    emit('ready');
    state();
  }, READY_MS);
})();
