/** Opens and uses the menu of a host on a rendered page. */
import { vi } from 'vitest';
import type { User } from '../../src/protocol/messages';
import { DEFAULT_SETTINGS, type Knock, type RoomSettings } from '../../src/protocol/room-access';
import type { createPageHarness } from './page-harness';
import { aRoom, aUser } from './wire';

const me = aUser({ isHost: true });
const ben = aUser({ id: 'u2', name: 'Ben', joinedAt: '2026-01-01T21:00:00.000Z' });

export const knock = (n: number): Knock => ({ knockId: `k${n}`, userName: `Guest ${n}`, at: 1_800_000_000_000 + n });
export const knocksOf = (count: number) => Array.from({ length: count }, (_, n) => knock(n));

interface Start {
  users?: User[];
  settings?: Partial<RoomSettings>;
  knocks?: Knock[];
}

export function createMenuHarness(page: ReturnType<typeof createPageHarness>) {
  const { socket, drawn, all, named, inside } = page;

  async function click(name: string, selector = 'dialog button'): Promise<void> {
    named(selector, name).click();
    await drawn();
  }

  return {
    click,
    /** Enters a room at seq 5 as Ana, its owner; by default with Ben, a guest. */
    async enter({ users = [me, ben], settings = {}, knocks = [] }: Start = {}): Promise<void> {
      const room = aRoom({ users, settings: { ...DEFAULT_SETTINGS, ...settings }, knocks });
      await inside({ room, user: users[0] });
      await vi.dynamicImportSettled();
      await drawn();
    },
    dialog: () => page.root.querySelector<HTMLElement>('dialog[open]'),
    async receive(name: string, payload: Record<string, unknown>): Promise<void> {
      socket().receive(name, payload);
      await drawn();
      await vi.dynamicImportSettled();
      await drawn();
    },
    async openMenu(tab?: 'Room' | 'The door' | 'People'): Promise<void> {
      all('.room-menu-button')[0]!.click();
      await vi.dynamicImportSettled();
      await drawn();
      if (tab === undefined) return;
      all('dialog [role="tab"]')
        .find((one) => one.textContent?.startsWith(tab))!
        .click();
      await drawn();
    },
    /** Returns the payloads of all requests of that name. */
    asked: (name: string) =>
      socket()
        .requests.filter((one) => one.name === name)
        .map(({ payload }) => payload),
  };
}
