/** Voice (docs/CONTRACT.md, VO): checks of its messages. */
import { type Checked, bool, list, num, obj, optional, str } from './check';

const speaker = obj({ userId: str, peerId: str, muted: bool, mutedByHost: bool, camera: optional(bool), away: optional(bool) });
export const speakers = list(speaker);
/** `voice` of a room; absent on a server without voice. */
export const voiceStatus = obj({ max: num, speakers });

export type Speaker = Checked<typeof speaker>;
export type VoiceStatus = Checked<typeof voiceStatus>;
