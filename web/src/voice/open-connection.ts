/** A WebRTC connection that sends the microphone and the camera, plays the other side and shows its picture. */
import type { MeshConnection } from './mesh';

export interface ConnectionPorts {
  userId: string;
  microphone(): MediaStream | null;
  /** The camera's track while it is shown. */
  camera(): MediaStreamTrack | null;
  onPicture(stream: MediaStream | null): void;
}

const PICTURE_BITS = 150_000;
const PICTURE_FPS = 15;

/** Bounds a picture. It becomes smaller before it becomes jerky. */
async function bound(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const encodings = parameters.encodings as RTCRtpEncodingParameters[] | undefined;
  parameters.encodings = (encodings?.length ? encodings : [{}]).map((one) => ({
    ...one,
    maxBitrate: PICTURE_BITS,
    maxFramerate: PICTURE_FPS,
  }));
  Object.assign(parameters, { degradationPreference: 'maintain-framerate' });
  await sender.setParameters(parameters);
}

export function openConnection(iceServers: RTCIceServer[], ports: ConnectionPorts): MeshConnection {
  const { microphone, userId } = ports;
  const connection = new RTCPeerConnection({ iceServers });
  const audio = document.createElement('audio');
  audio.autoplay = true;
  audio.dataset['voice'] = userId;
  audio.hidden = true;
  document.body.append(audio);
  /** Sends the own picture; a line of the description of its own, which the other side only receives. */
  let sending: RTCRtpTransceiver | null = null;
  let receiving: RTCRtpTransceiver | null = null;
  let receives = true;
  let begun = false;
  connection.ontrack = ({ track, transceiver }) => {
    if (track.kind === 'video') {
      receiving = transceiver;
      // Before the answer is made, so that nothing is sent that is not shown.
      if (!receives) transceiver.direction = 'inactive';
      ports.onPicture(new MediaStream([track]));
      return;
    }
    audio.srcObject = new MediaStream([track]);
    audio.play().catch(() => undefined);
  };
  const close = connection.close.bind(connection);

  function setCamera(track: MediaStreamTrack | null): void {
    if (!begun) return;
    if (sending !== null) {
      void sending.sender.replaceTrack(track).catch(() => undefined);
    } else if (track !== null) {
      try {
        sending = connection.addTransceiver(track, { direction: 'sendonly' });
        void bound(sending.sender).catch(() => undefined);
      } catch (problem) {
        // A browser without video still speaks.
        console.warn('The camera cannot be sent', problem);
      }
    }
  }

  return Object.assign(connection, {
    addTracks(): void {
      begun = true;
      const stream = microphone();
      for (const track of stream?.getAudioTracks() ?? []) connection.addTrack(track, ...(stream === null ? [] : [stream]));
      setCamera(ports.camera());
    },
    replaceTrack(track: MediaStreamTrack): void {
      for (const sender of connection.getSenders()) if (sender.track?.kind === 'audio') void sender.replaceTrack(track);
    },
    setCamera,
    setReceiving(on: boolean): void {
      if (receives === on) return;
      receives = on;
      if (receiving !== null) receiving.direction = on ? 'recvonly' : 'inactive';
    },
    setVolume(level: number): void {
      audio.muted = level === 0;
      audio.volume = Math.min(1, Math.max(0, level));
    },
    close(): void {
      close();
      audio.srcObject = null;
      audio.remove();
      ports.onPicture(null);
    },
  });
}
