// The host's events: each reads the whole room to see whether the sender is a host, and writes it back when it has changed.
import { hostsRoom } from './rooms.mjs';

const CONTROL = 'Only hosts can control the video';

function typeOf(url) {
  if (/youtube\.com|youtu\.be/.test(url)) return 'youtube';
  return /\.m3u8(\?.*)?$/i.test(url) ? 'hls' : 'video';
}

export function filmOf({ io, store }) {
  const control =
    (change, event) =>
    async (socket, { roomId, currentTime }) => {
      const room = await hostsRoom(store, socket, roomId, CONTROL);
      const timestamp = Date.now();
      room.videoState = { ...room.videoState, ...change, currentTime, lastUpdateTime: timestamp };
      await store.write(room);
      socket.to(roomId).emit(event, { currentTime, timestamp });
    };
  return {
    play: control({ isPlaying: true }, 'video-played'),
    pause: control({ isPlaying: false }, 'video-paused'),
    seek: control({}, 'video-seeked'),
    async set(socket, { roomId, videoUrl }) {
      const room = await hostsRoom(store, socket, roomId, 'Only hosts can set the video');
      const videoType = typeOf(videoUrl);
      const videoState = { isPlaying: false, currentTime: 0, duration: 0, lastUpdateTime: Date.now() };
      Object.assign(room, { videoUrl, videoType, videoState });
      await store.write(room);
      io.to(roomId).emit('video-set', { videoUrl, videoType });
    },
    async syncCheck(socket, { roomId, currentTime, isPlaying, timestamp }) {
      await hostsRoom(store, socket, roomId, 'Only hosts can send sync checks');
      socket.to(roomId).emit('sync-update', { currentTime, isPlaying, timestamp });
    },
  };
}
