/*
 * Stand-in for the frame that Dailymotion's SDK makes. A seek before the first start is ignored, as integrators report ("the
 * video always starts from the start time"). Advertisements come before the film and are reported (AD_START, AD_END).
 */
(() => {
  const CREATED_MS = 350;
  const video = new URLSearchParams(location.search).get('video');
  let error = null;
  const state = () => ({
    adIsPlaying: film.advert,
    playerError: error,
    playerIsPlaying: !film.paused,
    playerPlaybackSpeed: 1,
    videoDuration: film.quirks.durationS,
    videoId: video,
    videoIsPasswordRequired: false,
    videoTime: film.position,
  });
  const emit = (event) => window.parent.postMessage({ event, state: state() }, '*');
  const NAMES = { playing: 'playing', pause: 'pause', ended: 'video_end', seeked: 'seeked', seeking: 'waiting' };
  const film = new window.StandInFilm(
    { rates: [1], earlySeek: 'ignored', seekMs: [300, 700], ...window.standInQuirks },
    (event, on) => {
      if (event === 'advert') emit(on ? 'ad_start' : 'ad_end');
      else if (NAMES[event] !== undefined) emit(NAMES[event]);
    },
  );
  const commands = {
    play: () => film.play(),
    pause: () => film.pause(),
    seek: (to) => film.seek(to),
    mute: (on) => film.setVolume(film.volume, on),
    volume: (level) => film.setVolume(level, film.muted),
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source === window.parent) commands[data?.command]?.(data.value);
  });
  setInterval(() => film.moving && emit('timeupdate'), 250);
  setTimeout(() => {
    emit('created');
    emit('durationchange');
    if (video === 'xgone') error = { code: 'DM002', title: 'Deleted', message: 'This video has been deleted' };
    emit(error === null ? 'playback_ready' : 'error');
  }, CREATED_MS);
})();
