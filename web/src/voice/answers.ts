/** What arrives for the voice of this page: the answer to `voice-join`, and signals of other pages. Checked when used. */
import { type Checked, list, num, obj, optional, str } from '../protocol/check';
import { speakers } from '../protocol/voice';

const iceServer = obj({ urls: list(str), username: optional(str), credential: optional(str) });
export const joinAnswer = obj({ peerId: str, iceServers: list(iceServer), max: num, speakers, epoch: num, seq: num });
export type JoinAnswer = Checked<typeof joinAnswer>;

export type SignalData = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit | null };

/** Returns a signal, or null for anything else. */
export function readSignal(data: unknown): SignalData | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('description' in data) {
    const { description } = data;
    if (typeof description !== 'object' || description === null) return null;
    const { type, sdp } = description as { type?: unknown; sdp?: unknown };
    return (type === 'offer' || type === 'answer') && typeof sdp === 'string' ? { description: { type, sdp } } : null;
  }
  if (!('candidate' in data)) return null;
  const { candidate } = data;
  if (candidate === null) return { candidate: null };
  return typeof candidate === 'object' ? { candidate: candidate as RTCIceCandidateInit } : null;
}
