/** A WebRTC connection that sends the microphone and plays the other side. */
import type { MeshConnection } from './mesh';

export function openConnection(iceServers: RTCIceServer[], microphone: () => MediaStream | null, userId: string): MeshConnection {
  const connection = new RTCPeerConnection({ iceServers });
  const audio = document.createElement('audio');
  audio.autoplay = true;
  audio.dataset['voice'] = userId;
  audio.hidden = true;
  document.body.append(audio);
  connection.ontrack = ({ track }) => {
    audio.srcObject = new MediaStream([track]);
    audio.play().catch(() => undefined);
  };
  const close = connection.close.bind(connection);
  return Object.assign(connection, {
    addTracks(): void {
      const stream = microphone();
      for (const track of stream?.getAudioTracks() ?? []) connection.addTrack(track, ...(stream === null ? [] : [stream]));
    },
    replaceTrack(track: MediaStreamTrack): void {
      for (const sender of connection.getSenders()) if (sender.track?.kind === 'audio') void sender.replaceTrack(track);
    },
    setVolume(level: number): void {
      audio.muted = level === 0;
      audio.volume = Math.min(1, Math.max(0, level));
    },
    close(): void {
      close();
      audio.srcObject = null;
      audio.remove();
    },
  });
}
