/**
 * The media library of the server: whether there is one, what is in it, and the player of its films. Loaded with the
 * first form that could show it, or with the first such film (app/load-library.ts).
 */
import { type ReadonlySignal, computed, effect, signal, untracked } from '@preact/signals';
import type { ConnectionStatus } from '../app/connection-status';
import { type Player, type PlayerEvents, PlayerUnavailable } from '../media/player';
import { backoff } from '../net/backoff';
import type { MediaLink } from '../protocol/library';
import type { Ack } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import { type LinkAnswer, askForLink, keepLink } from './film-link';
import { createFilmInfos } from './film-infos';
import { createLibraryBrowser } from './library-browser';
import { openLibraryFile } from './library-player';
import { createLibraryPresence } from './library-presence';
import { createLinkTexts } from './link-texts';

export interface LibraryPorts {
  room: RoomStore;
  connection: ReadonlySignal<ConnectionStatus>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  serverNow(): number | null;
  after(ms: number, run: () => void): () => void;
  random(): number;
}

/** Pauses between requests for a link. */
const RETRY_MS = [500, 1000, 2000, 4000] as const;
/** How long the page waits for the timeline of a film that has just been set. */
const TIMELINE_MS = 1000;

/** Returns the status with which this server answers a request for a film; null without an answer. */
async function statusOf(address: string): Promise<number | null> {
  try {
    return (await fetch(address, { method: 'HEAD', cache: 'no-store' })).status;
  } catch {
    return null;
  }
}

export function createLibrary({ room, connection, request, serverNow, after, random }: LibraryPorts) {
  const connected = computed(() => connection.value === 'connected');
  const presence = createLibraryPresence({ request, after });
  const infos = createFilmInfos({ request, after });
  const browser = createLibraryBrowser({ request, after });
  const texts = createLinkTexts(after);
  /** Why the film on the screen has to be waited for; null while nothing is to be said. */
  const waiting = signal<string | null>(null);
  /** The number of the latest film that was opened; an earlier one is not waited for. */
  let turn = 0;

  let wasConnected = connected.peek();
  effect(() => {
    const now = connected.value;
    untracked(() => {
      if (now && !wasConnected) {
        presence.onReconnect();
        infos.onReconnect();
        if (browser.problem.peek() === 'offline') browser.retry();
      }
      wasConnected = now;
    });
  });
  effect(() => {
    void room.film.value;
    untracked(() => {
      waiting.value = null;
      texts.accept({});
    });
  });

  const pause = (ms: number) => new Promise<void>((resolve) => void after(ms, resolve));

  /** Resolves when the timeline is about another item, and after a moment at the latest. */
  async function anotherItem(item: number | null): Promise<void> {
    let stop: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => {
      stop = effect(() => {
        if ((room.timeline.value?.item ?? null) !== item) resolve();
      });
    });
    await Promise.race([changed, pause(TIMELINE_MS)]);
    stop();
  }

  /** Asks for the link of the film until it comes; null when another film was opened meanwhile. */
  async function firstLink(isCurrent: () => boolean): Promise<{ item: number; link: MediaLink } | null> {
    const delay = backoff(RETRY_MS, random);
    // The film and its timeline arrive one after the other.
    await pause(0);
    while (isCurrent()) {
      const item = room.timeline.peek()?.item ?? null;
      const answer: LinkAnswer = item === null ? { kind: 'changed' } : await askForLink(request, item);
      if (!isCurrent()) break;
      switch (answer.kind) {
        case 'link':
          waiting.value = null;
          return { item: item!, link: answer.link };
        case 'changed':
          await anotherItem(item);
          break;
        case 'later':
          waiting.value = answer.text;
          await pause(delay.next());
          break;
        case 'final':
          waiting.value = null;
          throw new PlayerUnavailable(answer.problem);
      }
    }
    return null;
  }

  return {
    presence,
    infos,
    browser,
    /** The subtitles that come with the film on the screen. */
    texts: texts.sources,
    waiting: waiting as ReadonlySignal<string | null>,
    /** Gives up the film that is being opened: the viewer plays a file of their own (OC6). */
    leave(): void {
      turn++;
      waiting.value = null;
    },
    /** Opens the player of a film; null when another film was opened meanwhile. */
    async open(url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player | null> {
      const mine = ++turn;
      const isCurrent = () => mine === turn && room.film.peek()?.url === url;
      const film = room.film.peek();
      const found = await firstLink(isCurrent);
      if (found === null) return null;
      const link = keepLink(found.link, {
        ask: () => askForLink(request, found.item),
        serverNow,
        after,
        connected,
        onLink: (next) => isCurrent() && texts.accept(next),
      });
      const onWait = (text: string | null) => {
        if (isCurrent()) waiting.value = text;
      };
      if (found.link.form === 'hls') {
        try {
          return await (await import('./library-stream')).openLibraryStream(mount, events, { link, onWait });
        } catch (problem) {
          link.end();
          throw problem;
        }
      }
      return openLibraryFile(film?.type === 'audio' ? 'audio' : 'video', mount, events, { link, after, statusOf, onWait });
    },
  };
}

export type Library = ReturnType<typeof createLibrary>;
