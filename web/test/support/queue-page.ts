/** A room with a queue of three on a page with a stand-in for the socket; for tests of the queue's tab. */
import { beforeEach, vi } from 'vitest';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../src/protocol/room-access';
import { createPageHarness } from './page-harness';
import { aQueue, aQueueItem } from './queue-model';
import { aRoom, aTimeline, aUser } from './wire';

export const page = createPageHarness();
const { socket, drawn, all, named, inside } = page;

beforeEach(page.fresh);

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

/** Enters the room as Ana, with a queue of three, and opens the tab. */
export async function enter({ host = true, settings = {}, queue = {}, timeline = {}, shown = true }: Start = {}): Promise<void> {
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
  await vi.dynamicImportSettled();
  await drawn();
  if (!shown) return;
  all('#tab-queue')[0]!.click();
  await vi.dynamicImportSettled();
  await drawn();
}

/** The number of the room's last change. */
export let seq = 5;
beforeEach(() => void (seq = 5));

/** Counts one more change, and returns its number. */
export const nextSeq = (): number => ++seq;

export async function receive(name: string, payload: Record<string, unknown>): Promise<void> {
  socket().receive(name, { ...payload, epoch: 1, seq: nextSeq() });
  await drawn();
}

export const change = (payload: Record<string, unknown>) => receive('queue-changed', payload);
export const titles = () =>
  all('.queue-row')
    .map((row) => ({ title: row.querySelector('b')!.textContent!, top: Number(/-?[\d.]+/.exec(row.style.transform)![0]) }))
    .sort((a, b) => a.top - b.top)
    .map(({ title }) => title);
export const asked = (name: string) =>
  socket()
    .requests.filter((one) => one.name === name)
    .map(({ payload }) => Object.fromEntries(Object.entries(payload).filter(([key]) => key !== 'roomId')));
export const status = () => all('.queue [role="status"]').map((one) => one.textContent);
export const notices = () => all('.chat-notice').map((one) => one.textContent);

export async function click(name: string, selector = '.queue button'): Promise<void> {
  named(selector, name).click();
  await drawn();
}
