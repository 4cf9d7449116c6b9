/** The voice of this page: joins the group, connects to the others, and reports who speaks. Loaded on demand. */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { Ack } from '../protocol/messages';
import type { Speaker } from '../protocol/voice';
import type { VoiceLinkPorts } from '../app/voice-link';
import { joinAnswer, readSignal } from './answers';
import { FilmDucking } from './film-ducking';
import { type Mesh, createMesh } from './mesh';
import { DeviceProblem, listDevices, openDevice } from './devices';
import { openConnection } from './open-connection';
import { createOwnCamera } from './own-camera';
import { followTalkKey } from './talk-key';
import { VoiceActivity, decibels, rms } from './voice-activity';
import { createVoiceSettings } from './voice-settings';

const TICK_MS = 50;
/** A rejected join is tried again after this time, while it may succeed. */
const RETRY_MS = 1500;

const REJECTED: Partial<Record<string, string>> = {
  voice_full: 'Voice is full. Please try again later.',
  voice_off: 'This server has no voice.',
};

interface Group {
  peerId: string;
  mesh: Mesh;
}

export function createVoice(ports: VoiceLinkPorts) {
  const { room, playerHost, request, now, after } = ports;
  const { settings, change } = createVoiceSettings(localStorage);
  const phase = signal<'off' | 'joining' | 'on'>('off');
  const problem = signal<string | null>(null);
  const devices = signal<MediaDeviceInfo[]>([]);
  /** Level of the own microphone, 0 to 1. */
  const level = signal(0);
  /** Volume of each person, by user id, 0 to 1. */
  const volumes = signal<ReadonlyMap<string, number>>(new Map());
  const group = signal<Group | null>(null);
  const speakers = computed<readonly Speaker[]>(() => room.voice.value?.speakers ?? []);
  const mine = computed(() => speakers.value.find(({ peerId }) => peerId === group.value?.peerId) ?? null);
  const muted = computed(() => mine.value !== null && (mine.value.muted || mine.value.mutedByHost));
  const links = computed(() => group.value?.mesh.states.value ?? new Map<string, never>());
  /** The pictures of the others, by user id. */
  const pictures = signal<ReadonlyMap<string, MediaStream>>(new Map());
  const camera = createOwnCamera({
    mine,
    joined: () => phase.peek() === 'on',
    device: () => settings.peek().camera,
    request,
    send: (track) => group.peek()?.mesh.setCamera(track),
    after,
  });
  /** The others whose pictures are shown here. */
  const shownCameras = computed(() =>
    phase.value === 'on' && settings.value.pictures
      ? speakers.value.filter((one) => one.camera === true && !one.mutedByHost && one.peerId !== group.value?.peerId)
      : [],
  );
  const hasPictures = computed(() => camera.stream.value !== null || shownCameras.value.length > 0);
  const buttonHeld = signal(false);
  const keyHeld = followTalkKey(window, () =>
    phase.peek() === 'on' && settings.peek().pushToTalk ? settings.peek().talkKey : null,
  );
  /** Whether push to talk lets the microphone through. */
  const talks = computed(() => keyHeld.value || buttonHeld.value);
  const activity = new VoiceActivity();
  const ducking = new FilmDucking();
  let microphone: MediaStream | null = null;
  let analyser: AnalyserNode | null = null;
  let audioContext: AudioContext | null = null;
  let wasInGroup = false;
  let lastMuted = false;
  let attempt = 0;
  let speaking = false;
  let ticker: number | undefined;

  async function listenTo(stream: MediaStream): Promise<void> {
    await audioContext?.close().catch(() => undefined);
    audioContext = new AudioContext();
    analyser = audioContext.createAnalyser();
    analyser.fftSize = 1024;
    audioContext.createMediaStreamSource(stream).connect(analyser);
  }

  async function useMicrophone(): Promise<void> {
    const opened = await openDevice('microphone', settings.peek().device);
    if (phase.peek() === 'off') {
      for (const track of opened.getTracks()) track.stop();
      return;
    }
    for (const track of microphone?.getTracks() ?? []) track.stop();
    microphone = opened;
    const [track] = opened.getAudioTracks();
    if (track !== undefined) {
      // Unplugged: another one takes its place.
      track.onended = () => void useMicrophone().catch(onMicrophoneLost);
      group.peek()?.mesh.replaceTrack(track);
    }
    applyMute();
    await listenTo(opened);
    devices.value = await listDevices('microphone');
  }

  function onMicrophoneLost(reason: unknown): void {
    problem.value = reason instanceof DeviceProblem ? reason.message : 'The microphone is gone.';
  }

  async function join(startMuted = false): Promise<void> {
    if (phase.peek() !== 'off') return;
    phase.value = 'joining';
    problem.value = null;
    try {
      await useMicrophone();
    } catch (reason) {
      leaveLocally();
      onMicrophoneLost(reason);
      return;
    }
    await enterGroup(startMuted);
  }

  async function enterGroup(startMuted: boolean): Promise<void> {
    const here = ++attempt;
    const ack = await request('voice-join', { muted: startMuted });
    if (here !== attempt || phase.peek() === 'off') return;
    if (!ack.ok) {
      onRejected(ack, startMuted);
      return;
    }
    const { peerId, iceServers } = joinAnswer(ack, 'voice-join');
    const servers = iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    }));
    group.peek()?.mesh.close();
    wasInGroup = false;
    const mesh = createMesh({
      myPeerId: peerId,
      after,
      open: (userId) =>
        openConnection(servers, {
          userId,
          microphone: () => microphone,
          camera: camera.track,
          onPicture: (stream) => showPicture(userId, stream),
        }),
      send: (to, data) => void request('voice-signal', { to, data }),
    });
    group.value = { peerId, mesh };
    phase.value = 'on';
    ports.remember(true);
    ticker ??= window.setInterval(tick, TICK_MS);
  }

  function showPicture(userId: string, stream: MediaStream | null): void {
    const next = new Map(pictures.peek());
    if (stream === null) next.delete(userId);
    else next.set(userId, stream);
    pictures.value = next;
  }

  function onRejected(ack: Ack & { ok: false }, startMuted: boolean): void {
    if (ack.code !== 'voice_full' && ack.retryable) {
      const here = attempt;
      after(RETRY_MS, () => {
        if (here === attempt && phase.peek() !== 'off') void enterGroup(startMuted);
      });
      return;
    }
    leaveLocally();
    problem.value = REJECTED[ack.code] ?? ack.error;
  }

  /** Ends what this page does; the group may know already. */
  function leaveLocally(): void {
    attempt++;
    phase.value = 'off';
    camera.stop();
    buttonHeld.value = false;
    group.peek()?.mesh.close();
    group.value = null;
    for (const track of microphone?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    microphone = null;
    void audioContext?.close().catch(() => undefined);
    audioContext = analyser = null;
    window.clearInterval(ticker);
    ticker = undefined;
    level.value = 0;
    activity.reset();
    ducking.reset();
    playerHost.setDucking(1);
    speaking = false;
  }

  function leave(): void {
    leaveLocally();
    ports.remember(false);
    void request('voice-leave', {});
  }

  function applyMute(): void {
    const on = !muted.peek() && (!settings.peek().pushToTalk || talks.peek());
    for (const track of microphone?.getAudioTracks() ?? []) track.enabled = on;
  }

  function tick(): void {
    if (analyser !== null) {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      const loud = rms(samples);
      level.value = Math.max(0, 1 + decibels(loud) / 60);
      const speaks = activity.update(now(), loud);
      if (speaks !== speaking) {
        speaking = speaks;
        void request('voice-speaking', { on: speaks });
        ports.onSpeaking(room.meId.peek(), speaks);
      }
    }
    const me = room.meId.peek();
    const others = [...room.speaking.peek()].some((id) => id !== me);
    if (settings.peek().ducking || !ducking.idle) playerHost.setDucking(ducking.update(now(), settings.peek().ducking && others));
  }

  effect(() => {
    void muted.value;
    void settings.value.pushToTalk;
    void talks.value;
    untracked(applyMute);
  });

  effect(() => {
    const { value } = group;
    const all = speakers.value;
    const heard = volumes.value;
    const seen = settings.value.pictures;
    if (value === null) return;
    untracked(() => {
      const inIt = all.some(({ peerId }) => peerId === value.peerId);
      if (inIt) {
        wasInGroup = true;
        lastMuted = mine.peek()?.muted === true;
        value.mesh.follow(all);
        const silent = new Set(all.filter((one) => one.muted || one.mutedByHost).map(({ userId }) => userId));
        const hidden = new Set(all.filter((one) => one.mutedByHost).map(({ userId }) => userId));
        value.mesh.setReceiving((id) => seen && !hidden.has(id));
        value.mesh.setVolumes((id) => (silent.has(id) ? 0 : (heard.get(id) ?? 1)));
      } else if (wasInGroup && phase.peek() === 'on') {
        wasInGroup = false;
        // Another page speaks for this member, or the seat was lost for a while.
        if (all.some(({ userId }) => userId === room.meId.peek())) leaveLocally();
        else void enterGroup(lastMuted);
      }
    });
  });

  effect(() => {
    if (room.roomId.value === null && phase.peek() !== 'off') untracked(leaveLocally);
  });

  effect(() => {
    if (ports.connection.value === 'connected') untracked(() => group.peek()?.mesh.restart());
  });

  window.addEventListener('online', () => group.peek()?.mesh.restart());
  (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener('devicechange', () => {
    void listDevices('microphone').then((all) => (devices.value = all));
  });

  return {
    phase,
    problem,
    devices,
    level,
    talks,
    camera,
    pictures,
    shownCameras,
    hasPictures,
    volumes,
    settings,
    speakers,
    mine,
    muted,
    links,
    join,
    leave,
    receive(from: string, data: unknown): void {
      const read = readSignal(data);
      if (read !== null) group.peek()?.mesh.receive(from, read);
    },
    async setMuted(on: boolean): Promise<void> {
      const ack = await request('voice-mute', { muted: on });
      if (!ack.ok) problem.value = ack.code === 'voice_muted' ? 'A host has muted you.' : ack.error;
    },
    /** Mutes a member for everybody, or ends that. */
    async silence(userId: string, on: boolean): Promise<void> {
      const ack = await request('mute-voice', { userId, muted: on });
      problem.value = ack.ok ? null : ack.error;
    },
    /** While the button that is held to talk is held. */
    holdButton(on: boolean): void {
      buttonHeld.value = on;
    },
    setVolume(userId: string, to: number): void {
      volumes.value = new Map(volumes.peek()).set(userId, to);
    },
    async choose(next: Parameters<typeof change>[0]): Promise<void> {
      change(next);
      if (next.device !== undefined && phase.peek() !== 'off') await useMicrophone().catch(onMicrophoneLost);
      if (next.camera !== undefined) await camera.reopen();
    },
  };
}

export type Voice = ReturnType<typeof createVoice>;
