/** The field rules (FR, RT) that the client checks before it sends a command, with messages for the viewer. */
import { NAME_MAX, readName } from './names';

export const MESSAGE_MAX = 1000;

export type FieldCheck = { ok: true; value: string } | { ok: false; problem: string };

const NAME_PROBLEMS = {
  'too-short': 'A name has at least two characters.',
  'too-long': `A name has at most ${NAME_MAX} characters.`,
  characters: "Letters and numbers of any language, spaces and - _ . ! ? ' only, please.",
  marks: 'Accents go on a letter or number, and at most four different ones on each, please.',
};

/** Checks a name (RT21, RT22). */
export function checkName(raw: string): FieldCheck {
  const { value, problems } = readName(raw);
  if (value === '') return { ok: false, problem: 'Please write a name, so that the others know who you are.' };
  return problems[0] === undefined ? { ok: true, value } : { ok: false, problem: NAME_PROBLEMS[problems[0]] };
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
