/** What stands over the picture: reactions, messages, and messages at their place. Loaded after the room is entered. */
import { siteStorage } from '../net/base-path';
import type { ChatActions } from './chat-actions';
import { createFilmMessages } from './film-messages';
import { createFilmReactions } from './film-reactions';
import { startFilmReplay } from './film-replay';
import type { ChatStore } from '../chat/chat-store';
import type { Ack } from '../protocol/messages';
import type { RoomStore } from '../room/room-store';
import type { LoadedOnDemand } from './load-once';
import { createOverFilmSettings } from './over-film-settings';
import type { PlayerHost } from './player-host';
import type { RoomControls } from './room-controls';

export interface OverFilmPorts {
  room: RoomStore;
  chat: ChatStore;
  chatActions: LoadedOnDemand<ChatActions>;
  playerHost: Pick<PlayerHost, 'position'>;
  controls: Pick<RoomControls, 'checkReachable' | 'showRejection'>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  serverNow(): number | null;
  now(): number;
  after(ms: number, run: () => void): () => void;
  random(): number;
}

export function createOverFilm(ports: OverFilmPorts) {
  const { room, chat, chatActions, playerHost, controls } = ports;
  const settings = createOverFilmSettings(siteStorage(localStorage));
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  const reactions = createFilmReactions({
    ...ports,
    setting: settings.reactions,
    me: () => room.meId.peek(),
    checkReachable: () => controls.checkReachable(),
    showRejection: (ack) => controls.showRejection(ack),
    isStill: () => calm.matches,
  });
  const messages = createFilmMessages({ chat, setting: settings.messages, after: ports.after });
  startFilmReplay({
    chat,
    room,
    position: playerHost.position,
    setting: settings.replay,
    serverNow: ports.serverNow,
    // What is not loaded is missing over the picture alone; the next page asks again.
    loadAll: () => void chatActions.load().then((actions) => actions.loadAll(), () => undefined), // prettier-ignore
    show: (key) => messages.show(key, true),
  });
  return { settings, reactions, messages };
}

export type OverFilm = ReturnType<typeof createOverFilm>;
