/**
 * The connection to the page of one other speaker: perfect negotiation, so that both sides may begin at any time, and
 * restarts when the connection fails. Works on any object with the used part of RTCPeerConnection.
 */
import type { SignalData } from './answers';

export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'signalingState'
  | 'connectionState'
  | 'localDescription'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
  | 'restartIce'
  | 'close'
  | 'onnegotiationneeded'
  | 'onicecandidate'
  | 'onconnectionstatechange'
>;

export interface PeerLinkPorts {
  connection: PeerConnection;
  /** The polite side gives way when both offer at once. */
  polite: boolean;
  /** Adds what is sent to the connection, which then needs to be negotiated. */
  addTracks(): void;
  send(data: SignalData): void;
  after(ms: number, run: () => void): () => void;
  onState(state: LinkState): void;
}

export type LinkState = 'connecting' | 'connected' | 'lost';

/** How long a connection may take before it is negotiated anew. */
export const PATIENCE_MS = 8000;
/** After so many attempts the other page counts as out of reach; attempts go on. */
export const LOST_AFTER = 2;
/** A short loss mends by itself. */
const DISCONNECTED_MS = 3000;

export class PeerLink {
  private makingOffer = false;
  private ignoresOffer = false;
  private attempts = 0;
  private closed = false;
  private hasTracks = false;
  private cancelTimer: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly ports: PeerLinkPorts) {
    const { connection } = ports;
    connection.onnegotiationneeded = () => void this.offer();
    connection.onicecandidate = ({ candidate }) => {
      if (!this.closed) ports.send({ candidate: candidate === null ? null : candidate.toJSON() });
    };
    connection.onconnectionstatechange = () => this.onConnectionState();
    // One side begins: after an offer that was taken back, Chromium plays nothing of the other side.
    if (!ports.polite) this.addTracks();
    this.restartIn(PATIENCE_MS);
  }

  private addTracks(): void {
    if (this.hasTracks) return;
    this.hasTracks = true;
    this.ports.addTracks();
  }

  private async offer(): Promise<void> {
    const { connection, send } = this.ports;
    try {
      this.makingOffer = true;
      await connection.setLocalDescription();
      this.sendDescription(send);
    } catch (problem) {
      if (!this.closed) console.warn('No offer could be made', problem);
    } finally {
      this.makingOffer = false;
    }
  }

  private sendDescription(send: PeerLinkPorts['send']): void {
    const { localDescription } = this.ports.connection;
    if (localDescription !== null && !this.closed)
      send({ description: { type: localDescription.type, sdp: localDescription.sdp } });
  }

  /** Takes a signal of the other page; signals are handled one after the other. */
  receive(data: SignalData): Promise<void> {
    this.work = this.work
      .then(() => this.handle(data))
      .catch((problem: unknown) => {
        if (!this.closed) console.warn('A signal could not be used', problem);
      });
    return this.work;
  }

  private async handle(data: SignalData): Promise<void> {
    if (this.closed) return;
    const { connection, polite, send } = this.ports;
    if ('candidate' in data) {
      try {
        await connection.addIceCandidate(data.candidate ?? undefined);
      } catch (problem) {
        // A candidate of an offer that was ignored belongs to nothing.
        if (!this.ignoresOffer) throw problem;
      }
      return;
    }
    const { description } = data;
    const collides = description.type === 'offer' && (this.makingOffer || connection.signalingState !== 'stable');
    this.ignoresOffer = !polite && collides;
    if (this.ignoresOffer) return;
    if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') {
      this.addTracks();
      await connection.setLocalDescription();
      this.sendDescription(send);
    }
  }

  private onConnectionState(): void {
    if (this.closed) return;
    const state = this.ports.connection.connectionState;
    if (state === 'connected') {
      this.attempts = 0;
      this.cancelTimer?.();
      this.cancelTimer = null;
      this.ports.onState('connected');
    } else if (state === 'disconnected') {
      this.restartIn(DISCONNECTED_MS);
    } else if (state === 'failed') {
      this.restart();
    }
  }

  private restartIn(ms: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.ports.after(ms, () => this.restart());
  }

  /** Negotiates anew, because the connection failed, takes too long, or the network changed. */
  restart(): void {
    if (this.closed) return;
    this.attempts++;
    this.ports.onState(this.attempts > LOST_AFTER ? 'lost' : 'connecting');
    // An offer whose answer was lost would hinder another one.
    if (this.ports.connection.signalingState === 'have-local-offer') this.sendDescription(this.ports.send);
    else this.ports.connection.restartIce();
    this.restartIn(PATIENCE_MS);
  }

  close(): void {
    this.closed = true;
    this.cancelTimer?.();
    this.ports.connection.close();
  }
}
