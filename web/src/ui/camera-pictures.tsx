/** The small pictures of cameras: one's own mirrored, and those of the others. Loaded when there is one. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import '../styles/camera-pictures.css';
import type { Voice } from '../voice/voice';
import { useApp } from './context';

/** More do not fit beside each other on a phone, whose strip is then scrolled. */
const STRIP_MAX = 4;

export function CameraPictures({ voice, over }: { voice: Voice; over: boolean }) {
  const { room } = useApp();
  const own = voice.camera.stream.value;
  const others = voice.shownCameras.value;
  const count = others.length + (own === null ? 0 : 1);
  return (
    <ul
      class="camera-pictures"
      aria-label="Camera pictures"
      data-over={over}
      data-many={count > 2}
      tabIndex={!over && count > STRIP_MAX ? 0 : undefined}
    >
      {own !== null && <CameraPicture stream={own} name="You" mirrored speaks={room.speaking.value.has(room.meId.value ?? '')} />}
      {others.map(({ userId }) => (
        <CameraPicture
          key={userId}
          stream={voice.pictures.value.get(userId) ?? null}
          name={room.nameOf(userId) ?? 'Somebody'}
          speaks={room.speaking.value.has(userId)}
        />
      ))}
    </ul>
  );
}

interface CameraPictureProps {
  /** Null until it arrives. */
  stream: MediaStream | null;
  name: string;
  mirrored?: boolean;
  speaks: boolean;
}

function CameraPicture({ stream, name, mirrored = false, speaks }: CameraPictureProps) {
  return (
    <li class="camera-picture" data-speaks={speaks}>
      <CameraVideo stream={stream} mirrored={mirrored} />
      <span class="camera-name">
        <bdi>{name}</bdi>
      </span>
    </li>
  );
}

export function CameraVideo({ stream, mirrored }: { stream: MediaStream | null; mirrored: boolean }) {
  const ref = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = ref.current;
    if (video === null) return;
    video.srcObject = stream;
    if (stream !== null) video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return <video ref={ref} class="camera-video" data-mirrored={mirrored} muted autoplay playsInline aria-hidden="true" />;
}
