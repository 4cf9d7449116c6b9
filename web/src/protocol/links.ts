/** Reads links as viewers paste them (MD2). The server reads them the same way (testdata/links.json). */

import { type LinkProblem, linkProblemText } from './link-problems';
import { parseUrl } from './url';

/** Maximum length of a link in characters, as given and in its normal form. */
export const LINK_MAX = 4096;
/** Maximum length of a domain, in characters. */
const HOST_MAX = 253;

const OPENING = '<"\'`([*|«‘“‹「';
const CLOSING = '>"\'`)]*|»’”›」';
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\ufe00-\ufe0f]/u;

export type Address = { url: URL } | { reason: LinkProblem; problem: string };

/** Returns the text without surrounding invisible characters, brackets and quotes. */
export function bareLink(text: string): string {
  const chars = [...text];
  let from = 0;
  let to = chars.length;
  for (;;) {
    while (from < to && INVISIBLE.test(chars[from]!)) from++;
    while (from < to && INVISIBLE.test(chars[to - 1]!)) to--;
    const pair = from + 1 < to ? OPENING.indexOf(chars[from]!) : -1;
    if (pair < 0 || chars[to - 1] !== CLOSING[pair]) return chars.slice(from, to).join('');
    from++;
    to--;
  }
}

/** Returns the only link in a text, or the text itself. */
function linkAmongWords(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^url:\s*https?:/i.test(text)) return text;
  const found = text.match(/https?:\/\/[^\s<>"«»“”]+/gi) ?? [];
  if (found.length !== 1 || text.startsWith(found[0]!)) return text;
  let link = found[0]!.replace(/[.,;:!?…’'`]{1,20}$/, '');
  if (!link.includes('(')) link = link.replace(/\){1,20}$/, '');
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
  if (raw.length > 8 * LINK_MAX) return tooLong(raw.length);
  const bare = bareLink(raw);
  if (bare === '') return rejected('nothing');
  const text = linkAmongWords(bareLink(markdownTarget(bare)));
  if ((text.match(/(?:^|\s|\]\()https?:\/\//gi)?.length ?? 0) > 1) return rejected('several_links');
  if (text.length > LINK_MAX) return tooLong(text.length);
  const schemeless = withScheme(text);
  const url = parseUrl(schemeless);
  if (url === null) return rejected('not_a_link');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return rejected('other_scheme');
  if (url.hostname.length > HOST_MAX || (schemeless !== text && !looksLikeHost(url))) return rejected('not_a_link');
  if (url.username !== '' || url.password !== '') return rejected('credentials');
  return url.href.length > LINK_MAX ? tooLong(url.href.length) : { url };
}

/** Returns the target of a Markdown link, whose text may be the link as well; any other text as it is. */
function markdownTarget(text: string): string {
  const middle = text.indexOf('](');
  const single = text.startsWith('[') && text.endsWith(')') && middle > 0 && text.lastIndexOf('](') === middle;
  return single ? text.slice(middle + 2, -1) : text;
}

/** Returns whether a text without "https://" was meant as a link: "hello" is not, "nas/film" is. */
function looksLikeHost(url: URL): boolean {
  return /[.[]/.test(url.hostname) || url.port !== '' || url.hostname === 'localhost' || url.pathname !== '/';
}

function rejected(reason: LinkProblem): Address {
  return { reason, problem: linkProblemText(reason) };
}

function tooLong(length: number): Address {
  const figures = `It has ${length.toLocaleString('en')} characters; up to ${LINK_MAX.toLocaleString('en')} can be shown.`;
  return { reason: 'too_long', problem: `${linkProblemText('too_long')} ${figures}` };
}
