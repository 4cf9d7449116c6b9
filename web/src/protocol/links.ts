/** Reads links as viewers paste them (MD2). The server reads them the same way (testdata/links.json). */

/** Maximum length of a link in characters, as given and in its normal form. */
export const LINK_MAX = 4096;
/** Maximum length of a domain, in characters. */
const HOST_MAX = 253;

const OPENING = '<"\'`(«‘“‹「';
const CLOSING = '>"\'`)»’”›」';
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\ufe00-\ufe0f]/u;

export type Address = { url: URL } | { problem: string };

/** Returns the text without surrounding invisible characters, brackets and quotes. */
export function bareLink(text: string): string {
  let chars = [...text];
  for (;;) {
    let from = 0;
    let to = chars.length;
    while (from < to && INVISIBLE.test(chars[from]!)) from++;
    while (from < to && INVISIBLE.test(chars[to - 1]!)) to--;
    chars = chars.slice(from, to);
    const pair = chars.length > 1 ? OPENING.indexOf(chars[0]!) : -1;
    if (pair < 0 || chars.at(-1) !== CLOSING[pair]) return chars.join('');
    chars = chars.slice(1, -1);
  }
}

/** Returns the only link in a text, or the text itself. */
function linkAmongWords(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^url:\s*https?:/i.test(text)) return text;
  const found = text.match(/https?:\/\/[^\s<>"«»“”]+/gi) ?? [];
  if (found.length !== 1 || text.startsWith(found[0]!)) return text;
  let link = found[0]!.replace(/[.,;:!?…’'`]{1,20}$/, '');
  while (link.endsWith(')') && !link.includes('(')) link = link.slice(0, -1);
  return link.replace(/[.,;:!?]{1,20}$/, '');
}

/** Adds "https://" to a link without a scheme; "nas:3311/film" is a host with a port. */
function withScheme(text: string): string {
  if (text.startsWith('//')) return `https:${text}`;
  if (/^https?\/\//i.test(text)) return text.replace('//', '://');
  if (/^[^\s/?#:@]+:\d{1,5}(?:[/?#]|$)/.test(text)) return `https://${text}`;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('/') ? text : `https://${text}`;
}

/** Returns the address in a typed or pasted text, or the problem for the viewer. */
export function readAddress(raw: string): Address {
  if (raw.length > 8 * LINK_MAX) return { problem: tooLong(raw.length) };
  const bare = bareLink(raw);
  if (bare === '') return { problem: 'Paste a link first.' };
  if ((bare.match(/(?:^|\s)https?:\/\//gi)?.length ?? 0) > 1)
    return { problem: 'This is more than one link. Paste one of them.' };
  const text = linkAmongWords(bare);
  if (text.length > LINK_MAX) return { problem: tooLong(text.length) };
  const schemeless = withScheme(text);
  let url: URL;
  try {
    url = new URL(schemeless);
  } catch {
    return { problem: 'This does not look like a link. It should start with https://' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problem: 'Only links that start with http:// or https:// can be shown.' };
  }
  if (url.hostname.length > HOST_MAX || (schemeless !== text && !looksLikeHost(url))) {
    return { problem: 'This does not look like a link. It should start with https://' };
  }
  if (url.username !== '' || url.password !== '') {
    return { problem: 'This link carries a user name or a password, and everybody in the room would see it. Use one without.' };
  }
  return url.href.length > LINK_MAX ? { problem: tooLong(url.href.length) } : { url };
}

/** Returns whether a text without "https://" was meant as a link: "hello" is not, "nas/film" is. */
function looksLikeHost(url: URL): boolean {
  return /[.[]/.test(url.hostname) || url.port !== '' || url.hostname === 'localhost' || url.pathname !== '/';
}

function tooLong(length: number): string {
  return `This link has ${length.toLocaleString('en')} characters. Links of up to ${LINK_MAX.toLocaleString('en')} can be shown.`;
}
