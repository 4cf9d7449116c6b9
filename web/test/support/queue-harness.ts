/** Opens the queue of a rendered room, and sends it changes. The test mocks `socket.io-client` itself. */
import { vi } from 'vitest';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../src/protocol/room-access';
import type { createPageHarness } from './page-harness';
import { aQueue, aQueueItem } from './queue-model';
import { aRoom, aTimeline, aUser } from './wire';

export const FILM = 'https://films.example/zero.mp4';
export const film = (name: string, rank: number, over = {}) =>
  aQueueItem({ itemId: name, title: name, rank, videoUrl: `https://films.example/${name}.mp4`, ...over });
export const current = aQueueItem({ itemId: 'Zero', title: 'Zero', videoUrl: FILM, duration: 100 });
export const three = () => [film('One', 10), film('Two', 20, { userId: 'u2', userName: 'Ben' }), film('Three', 30)];

interface Start {
  host?: boolean;
  settings?: Partial<RoomSettings>;
  queue?: Parameters<typeof aQueue>[0];
  timeline?: Parameters<typeof aTimeline>[0];
  shown?: boolean;
}

export function createQueueHarness(page: ReturnType<typeof createPageHarness>) {
  const { socket, drawn, all, named, inside } = page;
  let seq = 5;

  /** Waits for code that loads on demand. */
  async function loaded(): Promise<void> {
    await vi.dynamicImportSettled();
    await drawn();
  }

  async function openTab(): Promise<void> {
    all('#tab-queue')[0]!.click();
    await loaded();
  }

  async function receive(name: string, payload: Record<string, unknown>): Promise<void> {
    socket().receive(name, { ...payload, epoch: 1, seq: ++seq });
    await drawn();
  }

  return {
    loaded,
    openTab,
    /** Enters the room as Ana, with a queue of three, and opens the tab. */
    async enter({ host = true, settings = {}, queue = {}, timeline = {}, shown = true }: Start = {}): Promise<void> {
      seq = 5;
      const users = [aUser({ isHost: host }), aUser({ id: 'u2', name: 'Ben', isHost: !host })];
      const room = aRoom({
        users,
        hostId: host ? 'u1' : 'u2',
        videoUrl: FILM,
        videoType: 'video',
        settings: { ...DEFAULT_SETTINGS, ...settings },
        queue: aQueue({ items: three(), current, ...queue }),
      });
      await inside({ room, user: users[0], timeline: aTimeline({ seq: 5, duration: 100, ...timeline }) });
      await loaded();
      if (shown) await openTab();
    },
    receive,
    /** Sends an event of the same change as the last one. */
    also: (name: string, payload: Record<string, unknown>) => socket().receive(name, { ...payload, epoch: 1, seq }),
    change: (payload: Record<string, unknown>) => receive('queue-changed', payload),
    /** Returns the number of the next change, and counts it. */
    nextSeq: () => ++seq,
    get seq() {
      return seq;
    },
    /** The titles of the list from top to bottom, as they are drawn. */
    titles: () =>
      all('.queue-row')
        .map((row) => ({ title: row.querySelector('b')!.textContent!, top: Number(/-?[\d.]+/.exec(row.style.transform)![0]) }))
        .sort((a, b) => a.top - b.top)
        .map(({ title }) => title),
    /** The payloads of all requests of that name, without the room. */
    asked: (name: string) =>
      socket()
        .requests.filter((one) => one.name === name)
        .map(({ payload }) => Object.fromEntries(Object.entries(payload).filter(([key]) => key !== 'roomId'))),
    status: () => all('.queue [role="status"]').map((one) => one.textContent),
    async click(name: string, selector = '.queue button'): Promise<void> {
      named(selector, name).click();
      await drawn();
    },
  };
}
