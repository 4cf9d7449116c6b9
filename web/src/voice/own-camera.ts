/**
 * The own camera. Its picture is sent while the room says that it is shown (VO9), so that a mute by a host ends it, and a
 * page that joins again begins without it.
 */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { Ack } from '../protocol/messages';
import type { Speaker } from '../protocol/voice';
import { DeviceProblem, listDevices, openDevice } from './devices';

export interface OwnCameraPorts {
  /** The own entry in the voice group. */
  mine: ReadonlySignal<Speaker | null>;
  /** Whether this page is in the voice group. */
  joined(): boolean;
  device(): string;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Sends the track to all others, or nothing. */
  send(track: MediaStreamTrack | null): void;
  after(ms: number, run: () => void): () => void;
}

/** The room says after this time whether the picture is shown, or it is not. */
const CONFIRM_MS = 5000;

export function createOwnCamera({ mine, joined, device, request, send, after }: OwnCameraPorts) {
  const stream = signal<MediaStream | null>(null);
  const opening = signal(false);
  const problem = signal<string | null>(null);
  const devices = signal<MediaDeviceInfo[]>([]);
  let shown = false;
  /** Number of the latest attempt; an older one gives up. */
  let attempt = 0;

  function stop(): void {
    attempt++;
    opening.value = false;
    for (const track of stream.peek()?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    stream.value = null;
    send(null);
  }

  function track(): MediaStreamTrack | null {
    return shown ? (stream.peek()?.getVideoTracks()[0] ?? null) : null;
  }

  effect(() => {
    const on = mine.value?.camera === true;
    untracked(() => {
      const was = shown;
      shown = on;
      if (on && !was) send(track());
      else if (was && !on) stop();
    });
  });

  async function open(): Promise<MediaStream | null> {
    const here = ++attempt;
    opening.value = true;
    problem.value = null;
    try {
      const opened = await openDevice('camera', device());
      if (here !== attempt) {
        for (const one of opened.getTracks()) one.stop();
        return null;
      }
      return opened;
    } catch (reason) {
      if (here === attempt) problem.value = reason instanceof DeviceProblem ? reason.message : 'The camera is gone.';
      return null;
    } finally {
      if (here === attempt) opening.value = false;
    }
  }

  function use(opened: MediaStream): void {
    const former = stream.peek();
    stream.value = opened;
    for (const one of former?.getTracks() ?? []) one.stop();
    for (const one of opened.getTracks()) one.onended = () => void switchOff('The camera is gone.');
    if (shown) send(track());
    void listDevices('camera').then((all) => (devices.value = all));
  }

  async function switchOn(): Promise<void> {
    if (stream.peek() !== null || opening.peek() || !joined()) return;
    const opened = await open();
    if (opened === null) return;
    use(opened);
    const here = attempt;
    const ack = await request('voice-camera', { on: true });
    if (here !== attempt) return;
    if (!ack.ok) {
      stop();
      problem.value = ack.code === 'voice_muted' ? 'A host has muted you, also your camera.' : ack.error;
      return;
    }
    after(CONFIRM_MS, () => {
      if (here === attempt && !shown) stop();
    });
  }

  async function switchOff(why: string | null = null): Promise<void> {
    stop();
    problem.value = why;
    await request('voice-camera', { on: false });
  }

  return {
    stream,
    opening,
    problem,
    devices,
    track,
    stop,
    switchOn,
    switchOff: () => switchOff(),
    /** After another camera was chosen. */
    async reopen(): Promise<void> {
      if (stream.peek() === null) return;
      const opened = await open();
      if (opened !== null) use(opened);
    },
  };
}

export type OwnCamera = ReturnType<typeof createOwnCamera>;
