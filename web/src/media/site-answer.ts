/** What the answer of a site holds: by its first bytes, because a content type may be wrong, and by its content type. Pure. */
import type { LinkKind } from '../protocol/video-kind';
import type { SiteAnswer } from './film-site';

const HLS_TYPES = /^(?:application|audio)\/(?:x-|vnd\.apple\.)?mpegurl\b/i;
const DASH_TYPE = /^application\/dash\+xml\b/i;
const HTML_TYPE = /text\/html/i;
/** A byte order mark in UTF-8, a character each byte, and white space. */
const BLANK = '(?:\u00EF\u00BB\u00BF)?\\s*';
const HLS_START = new RegExp(`^${BLANK}#EXTM3U`);
const DASH_START = new RegExp(`^${BLANK}(?:<\\?xml[^>]*>\\s*)?<MPD[\\s>]`);
const HTML_START = new RegExp(`^${BLANK}<(?:!doctype html|html|head|body)\\b`, 'i');

/** Returns the kind of stream that an answer holds; null when it is none. */
export function kindOfAnswer({ type, start }: Pick<SiteAnswer, 'type' | 'start'>): LinkKind | null {
  if (HLS_START.test(start) || HLS_TYPES.test(type)) return 'hls';
  return DASH_START.test(start) || DASH_TYPE.test(type) ? 'dash' : null;
}

/** Returns whether an answer is a web page. A film with the content type of one has zeros among its first bytes. */
export function isWebPage({ type, start }: Pick<SiteAnswer, 'type' | 'start'>): boolean {
  return HTML_START.test(start) || (HTML_TYPE.test(type) && !start.includes('\0'));
}
