// The rules of payloads; the texts are the contract's (docs/CONTRACT.md).
import { z } from 'zod';

const name = z
  .string()
  .min(2, 'Name must be at least 2 characters long')
  .max(50, 'Name must be 50 characters or less')
  .regex(/^[a-zA-Z0-9\s\-_.!?]+$/, 'Name can only contain letters, numbers, spaces, and basic punctuation');
const roomId = z
  .string()
  .length(6, 'Room ID must be exactly 6 characters')
  .regex(/^[A-Z0-9]+$/, 'Room ID can only contain uppercase letters and numbers');
const uuid = z.uuid('Invalid UUID');
const currentTime = z.number().min(0);
const control = z.object({ roomId, currentTime });
const member = z.object({ roomId });

export const RULES = {
  'create-room': z.object({ hostName: name }),
  'join-room': z.object({ roomId, userName: name, hostToken: uuid.optional() }),
  'leave-room': member,
  'promote-host': z.object({ roomId, userId: uuid }),
  'set-video': z.object({ roomId, videoUrl: z.string().min(1, 'Video URL is required').pipe(z.url('Invalid URL format')) }),
  'play-video': control,
  'pause-video': control,
  'seek-video': control,
  'sync-check': z.object({ roomId, currentTime, isPlaying: z.boolean(), timestamp: z.number().positive() }),
  'send-message': z.object({ roomId, message: z.string().min(1).max(1000) }),
  'typing-start': member,
  'typing-stop': member,
};

/** A rejection: the event and the text that are sent to the sender. */
export class Refusal extends Error {
  constructor(event, text) {
    super(text);
    this.event = event;
  }
}

/** Validates a payload; rejects it with all messages, in the order of the fields. */
export function checked(event, payload) {
  const { success, data, error } = RULES[event].safeParse(payload);
  if (success) return data;
  throw new Refusal('room-error', `Invalid data: ${error.issues.map(({ message }) => message).join(', ')}`);
}
