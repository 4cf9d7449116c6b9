/** The field rules (FR) that the client checks before it sends a command, with messages for the viewer. */

const NAME_CHARACTERS = /^[a-zA-Z0-9\s\-_.!?]+$/;
export const NAME_MIN = 2;
export const NAME_MAX = 50;
export const MESSAGE_MAX = 1000;

export type FieldCheck = { ok: true; value: string } | { ok: false; problem: string };

/** Checks a name (FR1). */
export function checkName(raw: string): FieldCheck {
  const value = raw.trim();
  if (value === '') return { ok: false, problem: 'Please write a name, so that the others know who you are.' };
  if (value.length < NAME_MIN) return { ok: false, problem: 'A name has at least two characters.' };
  if (raw.length > NAME_MAX) return { ok: false, problem: `A name has at most ${NAME_MAX} characters.` };
  if (!NAME_CHARACTERS.test(raw)) {
    return { ok: false, problem: 'Letters A to Z, numbers, spaces and - _ . ! ? only, please.' };
  }
  return { ok: true, value };
}

/** Reads a room code (FR2) as typed or pasted: in any case, with spaces, or as a whole link. */
export function checkRoomCode(raw: string): FieldCheck {
  const text = raw.trim();
  if (text === '') return { ok: false, problem: 'Please enter the six characters of the room code.' };
  const link = /\/room\/([a-z0-9]{6})(?:[/?#]|$)/i.exec(text);
  const code = (link?.[1] ?? text.replace(/[\s-]/g, '')).toUpperCase();
  if (/^[A-Z0-9]{6}$/.test(code)) return { ok: true, value: code };
  if (text.includes('/'))
    return { ok: false, problem: 'This link leads to no room. A room link ends in /room/ and six characters.' };
  if (/[^A-Z0-9]/.test(code)) return { ok: false, problem: 'A room code has only letters and numbers.' };
  return { ok: false, problem: `A room code has six characters; this one has ${code.length}.` };
}

/** Returns the trimmed message (FR9); null when there is nothing to send. */
export function cleanMessage(raw: string): string | null {
  const text = raw.trim();
  return text === '' || text.length > MESSAGE_MAX ? null : text;
}
