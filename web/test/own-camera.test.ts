// @vitest-environment happy-dom
// @vitest-environment-options {"url": "https://localhost/"}
/** VO9 The own camera: when it is sent, and what ends it. */
import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Speaker } from '../src/protocol/voice';
import { createOwnCamera } from '../src/voice/own-camera';

class FakeTrack {
  stopped = false;
  onended: (() => void) | null = null;
  stop(): void {
    this.stopped = true;
  }
}

let opened: FakeTrack[] = [];
let failure: string | null = null;
let answer: object = { ok: true };

function speaker(camera: boolean | undefined): Speaker {
  return { userId: 'u1', peerId: 'p1', muted: false, mutedByHost: false, camera, away: undefined };
}

function start() {
  const mine = signal<Speaker | null>(speaker(undefined));
  const sent: unknown[] = [];
  const asked: unknown[] = [];
  const timers: (() => void)[] = [];
  const camera = createOwnCamera({
    mine,
    joined: () => true,
    device: () => '',
    request: (_, { on }) => {
      asked.push(on);
      return Promise.resolve(answer as never);
    },
    send: (track) => sent.push(track),
    after: (_, run) => {
      timers.push(run);
      return () => undefined;
    },
  });
  return { mine, sent, asked, timers, camera };
}

beforeEach(() => {
  opened = [];
  failure = null;
  answer = { ok: true };
  vi.stubGlobal('RTCPeerConnection', FakeTrack);
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: () => {
        if (failure !== null) return Promise.reject(new DOMException('', failure));
        const track = new FakeTrack();
        opened.push(track);
        return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] });
      },
      enumerateDevices: () => Promise.resolve([]),
    },
  });
});

test('VO9 is sent once the room says that it is shown, and no sooner', async () => {
  const { mine, sent, asked, camera } = start();
  await camera.switchOn();
  expect(asked).toEqual([true]);
  expect([sent, camera.track()]).toEqual([[], null]);
  mine.value = speaker(true);
  expect(sent).toEqual([opened[0]]);
  expect(camera.track()).toBe(opened[0]);
});

test('VO4 ends when the room says so, and does not come back by itself', async () => {
  const { mine, sent, camera } = start();
  await camera.switchOn();
  mine.value = speaker(true);
  mine.value = speaker(undefined);
  expect(opened[0]!.stopped).toBe(true);
  expect(sent.at(-1)).toBeNull();
  mine.value = speaker(true);
  expect(camera.track()).toBeNull();
  expect(opened).toHaveLength(1);
});

test('VO9 is closed when the room does not confirm it, or rejects it', async () => {
  const { timers, camera } = start();
  await camera.switchOn();
  timers[0]!();
  expect(opened[0]!.stopped).toBe(true);
  answer = { ok: false, code: 'voice_muted', error: 'A host has muted you' };
  await camera.switchOn();
  expect(opened[1]!.stopped).toBe(true);
  expect(camera.problem.value).toBe('A host has muted you, also your camera.');
});

test.each([
  ['NotFoundError', 'No camera was found. Connect one, then try again.'],
  ['NotAllowedError', 'The browser does not allow the camera here. Allow it in the address bar, then try again.'],
  ['NotReadableError', 'Another program uses the camera. Close it, then try again.'],
  ['AbortError', 'The camera could not be opened.'],
])('%s is said in words, and the room hears nothing', async (name, words) => {
  failure = name;
  const { asked, camera } = start();
  await camera.switchOn();
  expect(camera.problem.value).toBe(words);
  expect([asked, camera.stream.value]).toEqual([[], null]);
});

test('a camera that opens after it was switched off again is closed', async () => {
  const { asked, camera } = start();
  const on = camera.switchOn();
  camera.stop();
  await on;
  expect(opened[0]!.stopped).toBe(true);
  expect([asked, camera.stream.value]).toEqual([[], null]);
});
