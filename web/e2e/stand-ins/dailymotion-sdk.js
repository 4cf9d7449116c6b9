/*
 * Stand-in for Dailymotion's Web SDK, geo.dailymotion.com/libs/player.js, which runs in the page. Methods, events and states
 * as in its reference (developers.dailymotion.com/reference/web-sdk-player-methods, -events, -states): `createPlayer` takes
 * the id of a container and gives a player later; `onScriptLoaded` runs when the script is there; there is no method for
 * rates; events come with the state.
 */
(() => {
  const names = {
    AD_END: 'ad_end',
    AD_START: 'ad_start',
    PLAYER_CRITICALPATHREADY: 'playback_ready',
    PLAYER_ERROR: 'error',
    PLAYER_PLAYBACKPERMISSION: 'playback_resolution',
    VIDEO_BUFFERING: 'waiting',
    VIDEO_DURATIONCHANGE: 'durationchange',
    VIDEO_END: 'video_end',
    VIDEO_PAUSE: 'pause',
    VIDEO_PLAYING: 'playing',
    VIDEO_SEEKEND: 'seeked',
    VIDEO_TIMECHANGE: 'timeupdate',
  };

  function createPlayer(containerId, { video }) {
    const container = document.getElementById(containerId);
    if (container === null) return Promise.reject(new Error('There is no such container'));
    const frame = document.createElement('iframe');
    const listeners = new Map();
    let state = {};
    const send = (command, value) => frame.contentWindow.postMessage({ command, value }, 'https://geo.dailymotion.com');
    const player = {
      play: () => send('play'),
      pause: () => send('pause'),
      seek: (to) => send('seek', to),
      setMute: (on) => send('mute', on),
      setVolume: (level) => send('volume', level),
      getState: () => Promise.resolve(state),
      on: (event, run) => listeners.set(event, [...(listeners.get(event) ?? []), run]),
      destroy: () => frame.remove(),
    };
    return new Promise((resolve) => {
      window.addEventListener('message', ({ source, data }) => {
        if (source !== frame.contentWindow || data?.state === undefined) return;
        state = data.state;
        if (data.event === 'created') resolve(player);
        for (const run of listeners.get(data.event) ?? []) run(state);
      });
      frame.allow = 'autoplay';
      frame.src = `https://geo.dailymotion.com/player.html?video=${video}`;
      container.append(frame);
    });
  }

  const callback = window.dailymotion?.onScriptLoaded;
  window.dailymotion = { createPlayer, events: names };
  setTimeout(() => callback?.(), 30);
})();
