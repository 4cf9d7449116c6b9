/** Finds the address from which a shared file can be played. */
import { parseUrl } from './url';

export const DROPBOX_HOST = /^(?:www\.|m\.)?dropbox\.com$/;

/**
 * Returns the direct form of a file shared by Dropbox, whose own link leads to a page, and any other link as it is. The
 * host of the direct form lets other sites read its answers (MD4).
 */
export function directLink(link: string): string {
  const url = parseUrl(link);
  if (url === null || !DROPBOX_HOST.test(url.hostname)) return link;
  url.host = 'dl.dropboxusercontent.com';
  url.protocol = 'https:';
  url.searchParams.delete('dl');
  url.searchParams.delete('raw');
  return url.href;
}
