/** The connections to all other speakers, kept in step with the voice group. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Speaker } from '../protocol/voice';
import type { SignalData } from './answers';
import { type LinkState, type PeerConnection, PeerLink } from './peer-link';

/** A connection of the mesh: its sound, and a way to change what it sends. */
export interface MeshConnection extends PeerConnection {
  /** Begins to send the microphone. */
  addTracks(): void;
  /** Sends another track in place of the present one. */
  replaceTrack(track: MediaStreamTrack): void;
  /** Sends the camera's track, or no picture. */
  setCamera(track: MediaStreamTrack | null): void;
  /** Whether the picture of the other side is received. */
  setReceiving(on: boolean): void;
  /** Plays the other side with that volume, 0 to 1; 0 is silence. */
  setVolume(level: number): void;
}

export interface MeshPorts {
  myPeerId: string;
  open(userId: string): MeshConnection;
  send(to: string, data: SignalData): void;
  after(ms: number, run: () => void): () => void;
}

interface Entry {
  userId: string;
  connection: MeshConnection;
  link: PeerLink;
}

export function createMesh(ports: MeshPorts) {
  const entries = new Map<string, Entry>();
  const states = signal<ReadonlyMap<string, LinkState>>(new Map());

  function note(userId: string, state: LinkState | null): void {
    const next = new Map(states.peek());
    if (state === null) next.delete(userId);
    else next.set(userId, state);
    states.value = next;
  }

  function add(peerId: string, userId: string): Entry {
    const connection = ports.open(userId);
    note(userId, 'connecting');
    const link = new PeerLink({
      connection,
      polite: ports.myPeerId > peerId,
      addTracks: () => connection.addTracks(),
      send: (data) => ports.send(peerId, data),
      after: ports.after,
      onState: (state) => note(userId, state),
    });
    const entry = { userId, connection, link };
    entries.set(peerId, entry);
    return entry;
  }

  function remove(peerId: string, entry: Entry): void {
    entries.delete(peerId);
    entry.link.close();
    if (![...entries.values()].some((other) => other.userId === entry.userId)) note(entry.userId, null);
  }

  return {
    /** By user id. */
    states: states as ReadonlySignal<ReadonlyMap<string, LinkState>>,
    /** Connects to those who came, and ends the connections to those who left. */
    follow(speakers: readonly Speaker[]): void {
      const others = new Map(speakers.filter(({ peerId }) => peerId !== ports.myPeerId).map((one) => [one.peerId, one.userId]));
      for (const [peerId, entry] of [...entries]) if (!others.has(peerId)) remove(peerId, entry);
      for (const [peerId, userId] of others) if (!entries.has(peerId)) add(peerId, userId);
    },
    receive(from: string, data: SignalData): void {
      void entries.get(from)?.link.receive(data);
    },
    /** After a change of the network. */
    restart(): void {
      for (const { link, connection } of entries.values()) if (connection.connectionState !== 'connected') link.restart();
    },
    replaceTrack(track: MediaStreamTrack): void {
      for (const { connection } of entries.values()) connection.replaceTrack(track);
    },
    setCamera(track: MediaStreamTrack | null): void {
      for (const { connection } of entries.values()) connection.setCamera(track);
    },
    setReceiving(of: (userId: string) => boolean): void {
      for (const { userId, connection } of entries.values()) connection.setReceiving(of(userId));
    },
    setVolumes(of: (userId: string) => number): void {
      for (const { userId, connection } of entries.values()) connection.setVolume(of(userId));
    },
    close(): void {
      for (const [peerId, entry] of [...entries]) remove(peerId, entry);
    },
  };
}

export type Mesh = ReturnType<typeof createMesh>;
