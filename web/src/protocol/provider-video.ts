/** Reads which video of which provider an address names (MD1). The server reads addresses the same way (testdata/links.json). */
import type { LinkProblem } from './link-problems';
import { DROPBOX_HOST } from './direct-link';
import { parseUrl } from './url';

/** A video of a provider, by the parts that identify it there. */
export type ProviderVideo =
  | { kind: 'youtube'; id: string }
  /** `hash` is the key of an unlisted video. */
  | { kind: 'vimeo'; id: string; hash: string | null }
  /** `id`: the digits of a video, the name of a channel in small letters, or the name of a clip. */
  | { kind: 'twitch'; type: 'video' | 'channel' | 'clip'; id: string }
  | { kind: 'dailymotion'; id: string }
  /** `origin`: scheme, host and port of the site. */
  | { kind: 'peertube'; origin: string; id: string };

/** A video, or why a known site has none at this address; null for an address that may be a file or a stream. */
export type SiteReading = ProviderVideo | { kind: 'rejected'; reason: LinkProblem } | null;

/** Returns the provider's video that a link names; null for files and streams, and for what is no link. */
export function providerVideo(link: string): ProviderVideo | null {
  const url = parseUrl(link);
  const reading = url === null ? null : readSite(url);
  return reading === null || reading.kind === 'rejected' ? null : reading;
}

export function readSite(url: URL): SiteReading {
  const site = new SiteAddress(url);
  const read = READERS.get(url.hostname);
  return read !== undefined ? read(site) : (sharedFile(site) ?? peertube(site));
}

const YOUTUBE_HOSTS = [
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'youtu.be',
  'youtube-nocookie.com',
  'www.youtube-nocookie.com',
];
const VIMEO_PLAYER = 'player.vimeo.com';
const VIMEO_HOSTS = ['vimeo.com', 'www.vimeo.com', 'm.vimeo.com', VIMEO_PLAYER];
const TWITCH_PLAYERS = ['player.twitch.tv', 'embed.twitch.tv'];
const TWITCH_CLIPS = 'clips.twitch.tv';
const TWITCH_HOSTS = ['twitch.tv', 'www.twitch.tv', 'm.twitch.tv', 'go.twitch.tv', TWITCH_CLIPS, ...TWITCH_PLAYERS];
const DAILYMOTION_SHORT = ['dai.ly', 'www.dai.ly'];
const DAILYMOTION_HOSTS = [
  'dailymotion.com',
  'www.dailymotion.com',
  'touch.dailymotion.com',
  'geo.dailymotion.com',
  ...DAILYMOTION_SHORT,
];

/** Ids of videos at Vimeo and Twitch. */
const DIGITS = /^[0-9]{1,12}$/;

/** The parts of an address that the sites put their identifiers in. */
class SiteAddress {
  readonly host: string;
  /** Path segments; a slash at the end adds none. */
  readonly path: readonly string[];

  constructor(private readonly url: URL) {
    const segments = url.pathname.split('/').slice(1);
    if (segments.at(-1) === '') segments.pop();
    this.path = segments;
    this.host = url.hostname;
  }

  get origin(): string {
    return this.url.origin;
  }

  get last(): string {
    return this.path.at(-1) ?? '';
  }

  /** Returns whether the path begins with these segments; `*` stands for any. */
  startsWith(pattern: string): boolean {
    const segments = pattern.split('/');
    return segments.length <= this.path.length && segments.every((segment, i) => segment === '*' || segment === this.path[i]);
  }

  parameter(name: string): string | null {
    return this.url.searchParams.get(name);
  }

  /** Returns the value of a parameter when it has that form, else null. */
  parameterLike(name: string, form: RegExp): string | null {
    const value = this.parameter(name);
    return value !== null && form.test(value) ? value : null;
  }
}

function rejected(reason: LinkProblem): SiteReading {
  return { kind: 'rejected', reason };
}

const YOUTUBE_ID = /^[A-Za-z0-9_-]{11}$/;

function youtube(site: SiteAddress): SiteReading {
  const id = youtubeId(site);
  if (id !== null && YOUTUBE_ID.test(id)) return { kind: 'youtube', id };
  const playlist = site.parameter('list') !== null || site.startsWith('playlist') || site.startsWith('embed/videoseries');
  return rejected(playlist ? 'playlist_only' : 'no_single_video');
}

/** Words that have the form of an id, and name a playlist and a channel. */
const YOUTUBE_NO_ID = ['videoseries', 'live_stream'];

function youtubeId(site: SiteAddress): string | null {
  const [first = '', second = ''] = site.path;
  const short = site.host === 'youtu.be';
  if (site.path.length === 1) return short ? first : first === 'watch' ? site.parameter('v') : null;
  const named = site.path.length === 2 && !short && ['embed', 'shorts', 'live', 'v'].includes(first);
  return named && !(first === 'embed' && YOUTUBE_NO_ID.includes(second)) ? second : null;
}

const VIMEO_HASH = /^[0-9a-f]{6,32}$/;

function vimeo(site: SiteAddress): SiteReading {
  // The player's host also serves files.
  if (site.host === VIMEO_PLAYER) return site.startsWith('video') ? vimeoVideo(site, 1) : null;
  return site.startsWith('ondemand') ? rejected('needs_purchase') : vimeoVideo(site, segmentsBeforeVimeoId(site));
}

function segmentsBeforeVimeoId(site: SiteAddress): number {
  if (['groups/*/videos', 'showcase/*/video', 'album/*/video'].some((form) => site.startsWith(form))) return 3;
  if (site.startsWith('channels/*') || site.startsWith('manage/videos')) return 2;
  return site.startsWith('video') || site.startsWith('videos') ? 1 : 0;
}

function vimeoVideo(site: SiteAddress, before: number): SiteReading {
  const [id = '', key, ...more] = site.path.slice(before);
  const hash = key === undefined ? site.parameterLike('h', VIMEO_HASH) : VIMEO_HASH.test(key) ? key : null;
  if (DIGITS.test(id) && more.length === 0 && (key === undefined || hash !== null)) return { kind: 'vimeo', id, hash };
  return rejected(site.startsWith('showcase/*') || site.startsWith('album/*') ? 'playlist_only' : 'no_single_video');
}

const TWITCH_VIDEO = /^v?([0-9]{1,12})$/;
const TWITCH_CHANNEL = /^[A-Za-z0-9][A-Za-z0-9_]{1,24}$/;
const TWITCH_CLIP = /^[A-Za-z0-9_-]{1,120}$/;
/** First segments of paths that are pages of Twitch itself, and no channels. */
const TWITCH_RESERVED = new Set(
  (
    'about activate bits broadcast checkout clip clips collections creatorcamp dashboard directory downloads drops embed ' +
    'event events following friends inventory jobs legal login logout messages moderator p payments popout prime privacy ' +
    'products redeem search security settings signup store subs subscriptions team teams turbo user videos wallet'
  ).split(' '),
);

function twitch(site: SiteAddress): SiteReading {
  const found = TWITCH_PLAYERS.includes(site.host)
    ? twitchInParameters(site)
    : site.host === TWITCH_CLIPS
      ? ofTwitchClips(site)
      : twitchInPath(site);
  if (found !== null) return found;
  const collection = site.startsWith('collections') || site.parameter('collection') !== null;
  return rejected(collection ? 'playlist_only' : 'no_single_video');
}

function twitchInParameters(site: SiteAddress): ProviderVideo | null {
  const id = TWITCH_VIDEO.exec(site.parameter('video') ?? '')?.[1];
  if (id !== undefined) return { kind: 'twitch', type: 'video', id };
  return twitchChannel(site.parameter('channel') ?? '');
}

/** Reads `/SLUG`, the older `/CHANNEL/SLUG`, and `/embed?clip=SLUG`. */
function ofTwitchClips(site: SiteAddress): ProviderVideo | null {
  const embedded = site.path.length === 1 && site.last === 'embed';
  return site.path.length > 2 ? null : twitchClip(embedded ? (site.parameter('clip') ?? '') : site.last);
}

function twitchInPath(site: SiteAddress): ProviderVideo | null {
  const { path, last } = site;
  if (path.length === 1) return twitchChannel(last);
  if (path.length === 2) return path[0] === 'videos' ? twitchVideo(last) : path[0] === 'clip' ? twitchClip(last) : null;
  if (path.length !== 3) return null;
  return path[1] === 'clip' ? twitchClip(last) : path[1] === 'v' || path[1] === 'video' ? twitchVideo(last) : null;
}

function twitchVideo(id: string): ProviderVideo | null {
  return DIGITS.test(id) ? { kind: 'twitch', type: 'video', id } : null;
}

function twitchClip(id: string): ProviderVideo | null {
  return TWITCH_CLIP.test(id) ? { kind: 'twitch', type: 'clip', id } : null;
}

function twitchChannel(name: string): ProviderVideo | null {
  const id = name.toLowerCase();
  return TWITCH_CHANNEL.test(name) && !TWITCH_RESERVED.has(id) ? { kind: 'twitch', type: 'channel', id } : null;
}

const DAILYMOTION_ID = /^[kx][A-Za-z0-9]{1,31}$/;

function dailymotion(site: SiteAddress): SiteReading {
  const id = dailymotionId(site);
  if (id !== null && DAILYMOTION_ID.test(id)) return { kind: 'dailymotion', id };
  return rejected(site.startsWith('playlist') || site.parameter('playlist') !== null ? 'playlist_only' : 'no_single_video');
}

function dailymotionId(site: SiteAddress): string | null {
  const { path, last } = site;
  if (DAILYMOTION_SHORT.includes(site.host)) return path.length === 1 ? last : null;
  const player = path.length === 1 ? last === 'player.html' : path.length === 2 && path[0] === 'player' && last.endsWith('.html');
  if (player) return site.parameter('video');
  const named =
    path.length === 2
      ? path[0] === 'video'
      : path.length === 3 && ['embed', 'swf', 'crawler'].includes(path[0]!) && path[1] === 'video';
  // The title may follow the id: "x84sh87_a-title".
  return named ? last.split('_', 1)[0]! : null;
}

/** A UUID, or its short form in base 58, which has no 0, I, O and l. */
const PEERTUBE_ID = /^(?:[1-9A-HJ-NP-Za-km-z]{22}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$/;

/** Reads links to PeerTube, which runs on any host: the form of the path decides. */
function peertube(site: SiteAddress): SiteReading {
  // A comment may follow the id: "/w/ID;threadId=7".
  const id = site.last.split(';', 1)[0]!;
  if (!PEERTUBE_ID.test(id)) return null;
  const before = site.path.slice(0, -1).join('/');
  if (['w', 'videos/watch', 'videos/embed'].includes(before)) return { kind: 'peertube', origin: site.origin, id };
  return ['w/p', 'videos/watch/playlist', 'video-playlists/embed'].includes(before) ? rejected('playlist_only') : null;
}

/** Hosts that serve files to their own pages only. */
const OWN_PAGES = new Set(
  (
    'drive.google.com drive.usercontent.google.com docs.google.com photos.google.com photos.app.goo.gl 1drv.ms mega.nz ' +
    'we.tl wetransfer.com www.icloud.com share.icloud.com'
  ).split(' '),
);
/** Hosts of films that are sold, rented or part of a subscription. */
const SHOPS = new Set(
  (
    'netflix.com www.netflix.com www.primevideo.com app.primevideo.com www.disneyplus.com www.hulu.com www.max.com ' +
    'play.max.com play.hbomax.com tv.apple.com www.crunchyroll.com'
  ).split(' '),
);
/** Hosts that have pages around their videos, and no player that other sites can control. */
const PAGES = new Set(
  (
    'facebook.com www.facebook.com m.facebook.com fb.watch www.instagram.com www.tiktok.com vm.tiktok.com twitter.com x.com ' +
    'www.bilibili.com'
  ).split(' '),
);

/** Recognises links to sites that share files or sell films, and do not let other pages play. */
function sharedFile(site: SiteAddress): SiteReading {
  if (DROPBOX_HOST.test(site.host)) return dropbox(site);
  if (OWN_PAGES.has(site.host)) {
    const folder = site.startsWith('drive/folders') || site.startsWith('drive/u/*/folders');
    return rejected(folder ? 'folder_only' : 'needs_direct_link');
  }
  if (SHOPS.has(site.host)) return rejected('needs_purchase');
  return PAGES.has(site.host) ? rejected('page_not_film') : null;
}

/** Leaves shared files, whose name has an ending, to the rules for files. */
function dropbox(site: SiteAddress): SiteReading {
  if (site.startsWith('s/*/*') || site.startsWith('scl/fi/*/*')) return null;
  return rejected(site.startsWith('sh/*') || site.startsWith('scl/fo/*') ? 'folder_only' : 'needs_direct_link');
}

const READERS = new Map<string, (site: SiteAddress) => SiteReading>([
  ...YOUTUBE_HOSTS.map((host) => [host, youtube] as const),
  ...VIMEO_HOSTS.map((host) => [host, vimeo] as const),
  ...TWITCH_HOSTS.map((host) => [host, twitch] as const),
  ...DAILYMOTION_HOSTS.map((host) => [host, dailymotion] as const),
]);
