/** Answers of a server with a media library, and a server that a test controls. */
import type { FilmInfo, LibraryFilm, LibraryFolder, MediaLink } from '../../src/protocol/library';
import type { Ack } from '../../src/protocol/messages';

export const aFilm = (name: string, over: Partial<LibraryFilm> = {}): LibraryFilm => ({
  mediaId: name,
  name: `${name}.mp4`,
  folder: null,
  size: 5_000_000,
  kind: 'video',
  ...over,
});

export const aFolder = (name: string, films = 2): LibraryFolder => ({ folderId: name, name, films });

export const aFilmInfo = (mediaId: string, over: Partial<FilmInfo> = {}): FilmInfo => ({
  mediaId,
  duration: 5400,
  width: 1920,
  height: 800,
  play: 'direct',
  reason: null,
  video: 'h264',
  audio: [],
  subtitles: [],
  poster: `/media/poster/${mediaId}`,
  ...over,
});

export const aLink = (token = 'one', over: Partial<MediaLink> = {}): MediaLink => ({
  url: `/media/${token}`,
  expiresAt: 1_800_000,
  ...over,
});

export interface ListParts {
  folders?: LibraryFolder[];
  films?: LibraryFilm[];
  total?: number;
  more?: boolean;
  scanning?: { done: number; found: number } | null;
}

export function aPage({ folders = [], films = [], total, more = false, scanning = null }: ListParts = {}): Ack {
  return { ok: true, folders, films, total: total ?? folders.length + films.length, more, scanning };
}

export const rejected = (code: string, retryable = false, more = {}): Ack => ({
  ok: false,
  code,
  error: `The server said ${code}.`,
  retryable,
  ...more,
});

export interface HeldRequest {
  name: string;
  payload: Record<string, unknown>;
  answer(ack: Ack): Promise<void>;
}

/** A server whose answers a test gives one by one. */
export function heldServer() {
  const asked: HeldRequest[] = [];
  return {
    asked,
    request: (name: string, payload: Record<string, unknown>) =>
      new Promise<Ack>((resolve) => {
        const answer = async (ack: Ack) => {
          resolve(ack);
          for (let i = 0; i < 8; i++) await Promise.resolve();
        };
        asked.push({ name, payload, answer });
      }),
    get last(): HeldRequest {
      return asked.at(-1)!;
    },
  };
}
