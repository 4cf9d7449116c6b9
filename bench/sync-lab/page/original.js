// The synchronisation of the original web client, written anew from what its source does (README.md says what that is), over a
// stock Socket.IO client. The keys are the lab's way in: like the original's own controls they move the film element, and what
// the film element then tells is what is sent.
(() => {
  const OFF_MAX_S = 1.5;
  const OWN_ACT_MS = 500;
  const CHECK_EVERY_MS = 5000;
  const SKIP_S = 10;

  const asked = new URLSearchParams(location.search);
  const socket = io({
    path: '/api/socket/io',
    transports: ['websocket', 'polling'],
  });
  const state = {
    room: null,
    me: null,
    video: null,
    ownActAt: 0,
    byProgram: false,
    checkTimer: 0,
    waiting: null,
  };
  window.__original = {
    roomId: () => state.room?.id ?? null,
    setVideo: (videoUrl) => socket.emit('set-video', { roomId: state.room.id, videoUrl }),
    promote: (name) => {
      const user = state.room.users.find((other) => other.name === name);
      socket.emit('promote-host', { roomId: state.room.id, userId: user.id });
    },
    isHost: () => state.me?.isHost === true,
    present: () => state.room?.users.length ?? 0,
  };

  function send(event) {
    if (!state.me.isHost) return;
    state.ownActAt = Date.now();
    socket.emit(event, {
      roomId: state.room.id,
      currentTime: state.video.currentTime,
    });
  }

  /** What the film element tells after the program moved it is not a person's act. */
  function heard(event) {
    if (!state.byProgram && state.me.isHost) send(event);
    state.byProgram = false;
  }

  function show(url) {
    const video = document.createElement('video');
    Object.assign(video, {
      preload: 'metadata',
      playsInline: true,
      crossOrigin: 'anonymous',
      src: url,
    });
    video.addEventListener('play', () => heard('play-video'));
    video.addEventListener('pause', () => heard('pause-video'));
    video.addEventListener('seeked', () => heard('seek-video'));
    state.video?.remove();
    state.video = video;
    document.body.append(video);
    restartChecks();
    if (state.waiting !== null) follow(...state.waiting);
    state.waiting = null;
  }

  function restartChecks() {
    clearInterval(state.checkTimer);
    if (!state.me?.isHost || state.video === null) return;
    state.checkTimer = setInterval(() => {
      const { currentTime, paused } = state.video;
      socket.emit('sync-check', {
        roomId: state.room.id,
        currentTime,
        isPlaying: !paused,
        timestamp: Date.now(),
      });
    }, CHECK_EVERY_MS);
  }

  /** `playing` null: a seek, which leaves alone whether the film runs. */
  function follow(position, playing, timestamp) {
    if (Date.now() - state.ownActAt < OWN_ACT_MS) return;
    if (state.video === null) {
      state.waiting = [position, playing, timestamp];
      return;
    }
    const { video } = state;
    const target = playing === true ? position + (Date.now() - timestamp) / 1000 : position;
    if (Math.abs(video.currentTime - target) > OFF_MAX_S) {
      state.byProgram = true;
      video.currentTime = target;
    }
    if (playing === true && video.paused) {
      state.byProgram = true;
      video.play().catch(() => undefined);
    } else if (playing === false && !video.paused) {
      state.byProgram = true;
      video.pause();
    }
  }

  socket.on('connect', () => {
    if (state.room !== null) return;
    const name = asked.get('name');
    if (asked.get('room') === null) socket.emit('create-room', { hostName: name });
    else socket.emit('join-room', { roomId: asked.get('room'), userName: name });
  });
  socket.on('room-joined', ({ room, user }) => {
    Object.assign(state, { room, me: user });
    if (room.videoUrl !== undefined) show(room.videoUrl);
  });
  // Each change of the list of people restarts the timer of the checks, as it does there.
  socket.on('user-joined', ({ user }) => {
    state.room.users = [...state.room.users.filter((other) => other.id !== user.id), user];
    restartChecks();
  });
  socket.on('user-left', ({ userId }) => {
    state.room.users = state.room.users.filter((other) => other.id !== userId);
    restartChecks();
  });
  socket.on('user-promoted', ({ userId }) => {
    if (state.me.id === userId) state.me.isHost = true;
    restartChecks();
  });
  socket.on('video-set', ({ videoUrl }) => show(videoUrl));
  socket.on('video-played', ({ currentTime, timestamp }) => follow(currentTime, true, timestamp));
  socket.on('video-paused', ({ currentTime, timestamp }) => follow(currentTime, false, timestamp));
  socket.on('video-seeked', ({ currentTime, timestamp }) => follow(currentTime, null, timestamp));
  socket.on('sync-update', ({ currentTime, isPlaying, timestamp }) => {
    if (!state.me?.isHost) follow(currentTime, isPlaying, timestamp);
  });

  window.addEventListener('keydown', (event) => {
    const { video } = state;
    if (video === null || !state.me.isHost) return;
    if (event.key === 'k' && video.paused) video.play().catch(() => undefined);
    else if (event.key === 'k') video.pause();
    else if (event.key === 'j') video.currentTime = Math.max(0, video.currentTime - SKIP_S);
    else if (event.key === 'l') video.currentTime = Math.min(video.duration, video.currentTime + SKIP_S);
  });
})();
