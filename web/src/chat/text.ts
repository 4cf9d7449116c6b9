/** Cuts a message into plain text and links. The pieces become text nodes and nothing else, so markup stays text. */
export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

export function cutLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
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

/** A full stop or a closing bracket at the end belongs to the sentence, unless the bracket was opened in the link. */
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
