/** Splits a message into text and links. The pieces become text nodes, so markup stays text. */
export type TextPiece =
  | { kind: 'text'; text: string }
  /** `host` is where the link leads when its text does not say so. */
  | { kind: 'link'; text: string; href: string; host?: string };

/** A link ends before a mark of a spoiler. */
export const LINK = /https?:\/\/(?:(?!\|\|)[^\s<>"'`])+/gi;

/** Controls and characters that reorder or hide others, so that a link looks like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}]/u;

export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const raw = trimTail(match[0]);
    const url = safeUrl(raw);
    if (url === null) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const link = { kind: 'link', text: raw, href: url.href } as const;
    pieces.push(showsHost(raw, url) ? link : { ...link, host: url.host });
    from = match.index + raw.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Cuts off trailing punctuation, and a closing bracket that was not opened inside the link. */
function trimTail(raw: string): string {
  let end = raw.length;
  while (end > 0 && '.,;:!?…'.includes(raw[end - 1]!)) end--;
  if (!raw.includes('(')) while (raw[end - 1] === ')') end--;
  return raw.slice(0, end);
}

/**
 * Returns whether the text begins with the host that the link leads to. It does not with a user name before the host,
 * with letters that only look like the host's, or with unseen characters.
 */
function showsHost(raw: string, { protocol, host }: URL): boolean {
  const start = `${protocol}//${host}`;
  return raw.toLowerCase().startsWith(start) && /^(?:[/?#:]|$)/.test(raw.slice(start.length)) && !UNSEEN.test(raw);
}

function safeUrl(raw: string): URL | null {
  try {
    const url = new URL(raw);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
