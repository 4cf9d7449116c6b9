/** The reasons why a link is rejected (MD6), and their messages for the viewer. */

const PAGE =
  'This is a page, not a film. Use a link of YouTube, Vimeo, Twitch, Dailymotion or PeerTube, or one to the film itself: many end in .mp4, .webm or .m3u8.';

const TEXTS = {
  nothing: 'Paste a link first.',
  several_links: 'This is more than one link. Paste one of them.',
  not_a_link: 'This does not look like a link. It should start with https://',
  other_scheme: 'Only links that start with http:// or https:// can be shown.',
  too_long: 'This link is too long.',
  credentials: 'This link carries a user name or a password, and everybody in the room would see it. Use one without.',
  page_not_film: PAGE,
  playlist_only: 'This is a playlist. Open it and paste the links of its videos, one by one.',
  no_single_video: 'This link names no single video. Open the video and copy its own link.',
  folder_only: 'This is a folder. Open the film in it and paste the link of that.',
  not_youtube: 'This is not a YouTube address. Open the video on youtube.com and copy its link.',
  needs_direct_link:
    'This site shows its files on its own pages only. Download the film and share it from elsewhere: Dropbox works, and so does any link to the file itself.',
  needs_purchase: 'Films that a service sells, rents or streams to subscribers play on its own site only. Use another film.',
} as const;

/** `nothing` and `several_links` are the page's own; the server has the others. */
export type LinkProblem = keyof typeof TEXTS;

/** Returns the message for a reason. */
export function linkProblemText(reason: LinkProblem): string {
  return TEXTS[reason];
}

/** Returns whether a reason is one that this page knows. */
export function isLinkProblem(reason: string | undefined): reason is LinkProblem {
  return reason !== undefined && Object.hasOwn(TEXTS, reason);
}
