/** Splits a message into text and links. The pieces become text nodes, so markup stays text. */
export type TextPiece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const raw = trimTail(match[0]);
    const href = safeHref(raw);
    if (href === null) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', text: raw, href });
    from = match.index + raw.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Cuts off trailing punctuation, and a closing bracket that was not opened inside the link. */
function trimTail(raw: string): string {
  let link = raw.replace(/[.,;:!?…]+$/, '');
  while (link.endsWith(')') && !link.includes('(')) link = link.slice(0, -1);
  return link;
}

function safeHref(raw: string): string | null {
  try {
    const url = new URL(raw);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
