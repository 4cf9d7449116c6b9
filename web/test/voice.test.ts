/** The pure parts of voice: negotiation, activity, ducking, and the checks of what arrives. */
import { describe, expect, test } from 'vitest';
import { readSignal, type SignalData } from '../src/voice/answers';
import { ATTACK_MS, FilmDucking, HOLD_MS, RELEASE_MS } from '../src/voice/film-ducking';
import { createMesh, type MeshConnection } from '../src/voice/mesh';
import { LOST_AFTER, PATIENCE_MS, PeerLink, type LinkState, type PeerConnection } from '../src/voice/peer-link';
import { END_MS, START_MS, VoiceActivity, rms } from '../src/voice/voice-activity';

/** The used part of RTCPeerConnection, with the state machine of its signalling. */
class FakeConnection implements PeerConnection {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  onnegotiationneeded: PeerConnection['onnegotiationneeded'] = null;
  onicecandidate: PeerConnection['onicecandidate'] = null;
  onconnectionstatechange: PeerConnection['onconnectionstatechange'] = null;
  restarts = 0;
  remote: string[] = [];
  candidates: (RTCIceCandidateInit | null | undefined)[] = [];
  volume = 1;
  closed = false;
  tracks = 0;

  constructor(readonly name = '') {}

  setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    this.localDescription = { type, sdp: `${type} of ${this.name}` } as RTCSessionDescription;
    return Promise.resolve();
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') return Promise.reject(new Error('state'));
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    this.remote.push(description.sdp ?? '');
    return Promise.resolve();
  }

  addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  restartIce(): void {
    this.restarts++;
    this.need();
  }

  need(): void {
    (this.onnegotiationneeded as (() => void) | null)?.();
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    (this.onconnectionstatechange as (() => void) | null)?.();
  }

  replaceTrack(): void {}

  addTracks(): void {
    this.tracks++;
  }

  setVolume(level: number): void {
    this.volume = level;
  }

  close(): void {
    this.closed = true;
  }
}

function timers() {
  const due: { ms: number; run: () => void }[] = [];
  return {
    due,
    after: (ms: number, run: () => void) => {
      const timer = { ms, run };
      due.push(timer);
      return () => void due.splice(due.indexOf(timer) >>> 0, due.includes(timer) ? 1 : 0);
    },
    fire: () => due.shift()?.run(),
  };
}

function link(polite: boolean) {
  const connection = new FakeConnection(polite ? 'polite' : 'impolite');
  const sent: SignalData[] = [];
  const states: LinkState[] = [];
  const clock = timers();
  const made = new PeerLink({
    connection,
    polite,
    addTracks: () => connection.addTracks(),
    send: (data) => sent.push(data),
    after: clock.after,
    onState: (state) => states.push(state),
  });
  return { connection, sent, states, clock, link: made };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Hands over what both have sent, until nothing is left. */
async function exchange(a: ReturnType<typeof link>, b: ReturnType<typeof link>): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await settled();
    const [fromA, fromB] = [a.sent.splice(0), b.sent.splice(0)];
    for (const data of fromA) await b.link.receive(data);
    for (const data of fromB) await a.link.receive(data);
    if (fromA.length + fromB.length === 0) return;
  }
}

describe('negotiation', () => {
  test('VO5 one side offers and the other answers', async () => {
    const [a, b] = [link(true), link(false)];
    a.connection.need();
    await exchange(a, b);
    expect(b.connection.remote).toEqual(['offer of polite']);
    expect(a.connection.remote).toEqual(['answer of impolite']);
    expect([a, b].map(({ connection }) => connection.signalingState)).toEqual(['stable', 'stable']);
  });

  test('VO5 when both offer at once, the polite side gives way', async () => {
    const [a, b] = [link(true), link(false)];
    a.connection.need();
    b.connection.need();
    await exchange(a, b);
    expect(a.connection.remote).toEqual(['offer of impolite']);
    expect(b.connection.remote).toEqual(['answer of polite']);
    expect([a, b].map(({ connection }) => connection.signalingState)).toEqual(['stable', 'stable']);
  });

  test('VO5 the polite side sends its sound with its first answer', async () => {
    const [a, b] = [link(true), link(false)];
    expect([a.connection.tracks, b.connection.tracks]).toEqual([0, 1]);
    b.connection.need();
    await exchange(a, b);
    expect(a.connection.tracks).toBe(1);
    expect(b.connection.remote).toEqual(['answer of polite']);
  });

  test('VO5 a path that fails at both ends at once is negotiated anew, once', async () => {
    const [a, b] = [link(true), link(false)];
    b.connection.need();
    await exchange(a, b);
    for (const { connection } of [a, b]) {
      connection.become('connected');
      connection.become('failed');
    }
    await exchange(a, b);
    expect([a, b].map(({ connection }) => connection.restarts)).toEqual([1, 1]);
    expect([a, b].map(({ connection }) => connection.signalingState)).toEqual(['stable', 'stable']);
    expect(a.connection.remote).toEqual(['offer of impolite', 'offer of impolite']);
    expect(b.connection.remote).toEqual(['answer of polite', 'answer of polite']);
    for (const { connection, clock } of [a, b]) {
      connection.become('connected');
      expect(clock.due).toEqual([]);
    }
  });

  test('VO5 an answer that nobody waits for is dropped', async () => {
    const a = link(true);
    await a.link.receive({ description: { type: 'answer', sdp: 'late' } });
    expect(a.connection.remote).toEqual([]);
  });

  test('a failed connection restarts, and one that stays so is lost until it comes back', () => {
    const { connection, states, clock } = link(false);
    connection.become('connected');
    connection.become('failed');
    expect(connection.restarts).toBe(1);
    expect(states).toEqual(['connected', 'connecting']);
    for (let i = 0; i < LOST_AFTER; i++) {
      expect(clock.due[0]?.ms).toBe(PATIENCE_MS);
      connection.signalingState = 'stable';
      clock.fire();
    }
    expect(states.at(-1)).toBe('lost');
    connection.become('connected');
    expect(states.at(-1)).toBe('connected');
    expect(clock.due).toEqual([]);
  });

  test('an offer whose answer was lost is sent again', async () => {
    const { connection, sent, clock } = link(true);
    connection.need();
    await settled();
    sent.length = 0;
    clock.fire();
    expect(sent).toEqual([{ description: { type: 'offer', sdp: 'offer of polite' } }]);
    expect(connection.restarts).toBe(0);
  });

  test('a closed connection sends and restarts nothing', async () => {
    const { connection, sent, clock, link: made } = link(true);
    made.close();
    expect(clock.due).toEqual([]);
    connection.need();
    made.restart();
    await made.receive({ description: { type: 'offer', sdp: 'x' } });
    await settled();
    expect(sent).toEqual([]);
    expect(connection.remote).toEqual([]);
    expect(connection.closed).toBe(true);
  });
});

test('VO2 the mesh follows the group, page by page', () => {
  const opened: FakeConnection[] = [];
  const mesh = createMesh({
    myPeerId: 'b',
    after: timers().after,
    send: () => undefined,
    open: (userId) => {
      const connection = new FakeConnection(userId);
      opened.push(connection);
      return connection as unknown as MeshConnection;
    },
  });
  const speaker = (userId: string, peerId: string) => ({
    userId,
    peerId,
    muted: false,
    mutedByHost: false,
    camera: undefined,
    away: undefined,
  });
  mesh.follow([speaker('ann', 'a'), speaker('bob', 'b'), speaker('cleo', 'c')]);
  expect(opened.map(({ name }) => name)).toEqual(['ann', 'cleo']);
  expect([...mesh.states.value.keys()]).toEqual(['ann', 'cleo']);
  // A refresh of Ann's page.
  mesh.follow([speaker('ann', 'a2'), speaker('bob', 'b'), speaker('cleo', 'c')]);
  expect(opened.map(({ closed }) => closed)).toEqual([true, false, false]);
  mesh.setVolumes((userId) => (userId === 'ann' ? 0 : 0.5));
  expect(opened.slice(1).map(({ volume }) => volume)).toEqual([0.5, 0]);
  mesh.close();
  expect(opened.every(({ closed }) => closed)).toBe(true);
  expect(mesh.states.value.size).toBe(0);
});

describe('voice activity', () => {
  test('begins after a moment, and bridges the pauses between words', () => {
    const activity = new VoiceActivity();
    expect(activity.update(0, 0.1)).toBe(false);
    expect(activity.update(START_MS, 0.1)).toBe(true);
    expect(activity.update(START_MS + 20, 0)).toBe(true);
    expect(activity.update(START_MS + 20 + END_MS - 1, 0)).toBe(true);
    expect(activity.update(START_MS + 20 + END_MS, 0)).toBe(false);
  });

  test('a click is no word, and noise near the threshold does not flicker', () => {
    const activity = new VoiceActivity();
    activity.update(0, 0.5);
    expect(activity.update(20, 0)).toBe(false);
    expect(activity.update(START_MS, 0.5)).toBe(false);
    const between = 10 ** (-48 / 20);
    activity.update(200, 0.1);
    activity.update(300, 0.1);
    for (let now = 320; now < 3000; now += 20) expect(activity.update(now, between)).toBe(true);
  });

  test('the level of a full sine is about 0.7', () => {
    expect(rms(Float32Array.from({ length: 1000 }, (_, i) => Math.sin((i * Math.PI) / 50)))).toBeCloseTo(Math.SQRT1_2, 2);
    expect(rms(new Float32Array(0))).toBe(0);
  });
});

describe('ducking of the film', () => {
  const STEP = 10;

  test('falls in 150 ms, waits, and rises in 1.2 s', () => {
    const ducking = new FilmDucking();
    let now = 0;
    expect(ducking.update(now, true)).toBe(1);
    while (now < ATTACK_MS) ducking.update((now += STEP), true);
    const low = ducking.update(now, true);
    expect(20 * Math.log10(low)).toBeCloseTo(-12, 5);
    const end = now;
    while (now < end + HOLD_MS) expect(ducking.update((now += STEP), false)).toBe(low);
    while (now < end + HOLD_MS + RELEASE_MS - STEP) expect(ducking.update((now += STEP), false)).toBeLessThan(1);
    while (now < end + HOLD_MS + RELEASE_MS + STEP) ducking.update((now += STEP), false);
    expect(ducking.update(now, false)).toBe(1);
    expect(ducking.idle).toBe(true);
  });

  test('does not pump between words', () => {
    const ducking = new FilmDucking();
    for (let now = 0; now <= 500; now += STEP) ducking.update(now, true);
    const low = ducking.update(500, true);
    for (let now = 510; now < 10_000; now += STEP) expect(ducking.update(now, now % 900 < 250)).toBe(low);
  });
});

test('FR18 signals of another form are dropped', () => {
  expect(readSignal({ description: { type: 'offer', sdp: 'v=0', more: 1 } })).toEqual({
    description: { type: 'offer', sdp: 'v=0' },
  });
  expect(readSignal({ candidate: null })).toEqual({ candidate: null });
  for (const other of [null, 5, {}, { candidate: 5 }, { description: null }, { description: { type: 'rollback', sdp: '' } }])
    expect(readSignal(other)).toBeNull();
});
