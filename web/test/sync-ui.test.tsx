// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { batch } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SyncState } from '../src/app/sync-status';
import type { Timeline } from '../src/protocol/messages';
import { createPageHarness } from './support/page-harness';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, redrawn, all, named, inside, nameless } = page;

beforeEach(page.fresh);

const policy = { mode: 'never' as const, seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3 };
const film = { videoUrl: 'https://films.example/a.mp4', videoType: 'video', waiting: policy };
const two = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Bo', joinedAt: '2026-01-01T21:00:00.000Z' })];
const asHost = { room: aRoom({ ...film, users: two }), timeline: aTimeline({ seq: 5 }) };
const asGuest = { ...asHost, user: aUser({ id: 'u2', name: 'Bo' }) };

/** Sets the sync status of this viewer, because no film can be opened here. */
async function measured(state: SyncState, drift: number | null, boundMs: number | null = 6): Promise<void> {
  const { syncStatus } = page.app;
  syncStatus.record = () => undefined;
  syncStatus.clear = () => undefined;
  batch(() => {
    syncStatus.state.value = state;
    syncStatus.drift.value = drift;
    syncStatus.boundMs.value = boundMs;
    syncStatus.history.value = [{ at: performance.now(), drift }];
  });
  await redrawn();
}

const badge = () => all('.bar-sync')[0]!;
const dialog = () => page.root.querySelector<HTMLDialogElement>('dialog[open]');

async function openPanel(): Promise<void> {
  badge().click();
  await redrawn();
  await vi.dynamicImportSettled();
  await redrawn();
}

const status = (state: string, drift: number | null = null, bound: number | null = null) => ({
  userId: 'u2',
  state,
  drift,
  bound,
});

async function roster(...members: object[]): Promise<HTMLElement[]> {
  all('[role=tab]')[1]!.click();
  socket().receive('status', { members });
  await redrawn();
  return all('.member');
}

describe('the member list', () => {
  test.each([
    [status('synced', 12, 6), 'in step, 12 ms behind, measured to ± 6 ms'],
    [status('correcting', -80, null), 'catching up, 80 ms ahead'],
    [status('buffering'), 'buffering'],
    [status('free', 4000, 6), 'on their own, 4.0 s behind, measured to ± 6 ms'],
    [status('ready', 40, 6), 'ready'],
  ])('shows the sync state of the others as text: %o', async (member, words) => {
    await inside(asHost);
    const [, bo] = await roster(member);
    const shown = bo!.querySelector('.member-sync')!;
    for (const hidden of shown.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    expect(shown.textContent).toBe(words);
  });

  test('shows drift and bound, and announces nothing', async () => {
    await inside(asHost);
    const [, bo] = await roster(status('synced', 12, 6));
    expect(bo!.querySelector('.member-drift')!.textContent).toBe('+12 ms ± 6 ms');
    expect(bo!.querySelector<HTMLElement>('.member-sync')!.title).toBe('12 ms behind, measured to ± 6 ms');
    expect(bo!.closest('[aria-live], [role=status], [role=log], [role=alert]')).toBeNull();
  });

  test('shows nothing for members that are unknown, away or without a film', async () => {
    await inside(asHost);
    await measured('none', null);
    const [ana, bo] = await roster(status('none'));
    expect([ana!.querySelector('.member-sync'), bo!.querySelector('.member-sync')]).toEqual([null, null]);
    socket().receive('status', { members: [status('synced', 1, 1)] });
    socket().receive('user-away', { userId: 'u2', epoch: 1, seq: 6 });
    await redrawn();
    expect(all('.member')[1]!.querySelector('.member-sync')).toBeNull();
  });

  test('shows the own state at once', async () => {
    await inside(asHost);
    await roster({ ...status('buffering'), userId: 'u1' });
    await measured('synced', 3);
    expect(all('.member')[0]!.querySelector('.member-sync')!.textContent).toContain('in step');
  });
});

describe('the badge', () => {
  test.each([
    ['synced', 12, 'In step', '+12 ms'],
    ['correcting', -90, 'Catching up', '−90 ms'],
    ['buffering', null, 'Buffering', undefined],
    ['free', 4000, 'On my own', '+4.0 s'],
    ['ready', -2, 'Ready', undefined],
    ['none', null, 'Your sync', undefined],
  ] as const)('%s', async (state, drift, word, figure) => {
    await inside(asGuest);
    await measured(state, drift);
    expect(badge().querySelector('span')!.textContent).toBe(word);
    expect(badge().querySelector('.bar-sync-figure')?.getAttribute('data-text') ?? undefined).toBe(figure);
    expect(badge().querySelector('svg')!.getAttribute('data-state')).toBe(state);
    expect(badge().getAttribute('aria-label')).toBe(`Sync: ${word}`);
  });

  test('states can be distinguished without colour', async () => {
    await inside(asHost);
    const shapes = new Set<string>();
    for (const state of ['ready', 'synced', 'correcting', 'buffering', 'free', 'blocked', 'failed'] as const) {
      await measured(state, null);
      shapes.add(badge().querySelector('svg')!.innerHTML);
    }
    expect(shapes.size).toBe(7);
  });

  test('opens a panel with named controls and a described graph', async () => {
    await inside(asHost);
    await measured('synced', 12);
    expect([badge().getAttribute('aria-haspopup'), badge().getAttribute('aria-expanded')]).toEqual(['dialog', 'false']);
    await openPanel();
    expect(badge().getAttribute('aria-expanded')).toBe('true');
    expect(nameless()).toEqual([]);
    const graph = dialog()!.querySelector('svg[role=img]')!;
    expect(page.root.querySelector(`[id="${graph.getAttribute('aria-labelledby')}"]`)!.textContent).toBe(
      'Last minute: median 12 ms, at worst 12 ms behind.',
    );
    expect(dialog()!.querySelector('.sync-figure')!.textContent).toBe('12 ms behind, measured to ± 6 ms');
    named('dialog[open] button', 'Close').click();
    await drawn();
    expect(dialog()).toBeNull();
  });
});

describe('the panel', () => {
  const radios = () => all('dialog[open] input[type=radio]') as HTMLInputElement[];
  const chosen = () => radios().map((radio) => radio.checked);

  test('one of three modes, stored; "Sync me" restores the previous one', async () => {
    await inside(asHost);
    await openPanel();
    expect(chosen()).toEqual([true, false, false]);
    radios()[1]!.click();
    await drawn();
    expect([page.app.syncStatus.mode.value, localStorage.getItem('wnc.step-mode')]).toEqual(['smooth', 'smooth']);
    radios()[2]!.click();
    await drawn();
    expect(page.app.syncStatus.mode.value).toBe('free');
    named('dialog[open] button', 'Sync me').click();
    await redrawn();
    expect(chosen()).toEqual([false, true, false]);
    expect(all('dialog[open] .sync-now')).toHaveLength(0);
  });

  test('the sound offset moves in steps of 5 ms, has a text value, and can be reset', async () => {
    await inside(asHost);
    await openPanel();
    const slider = page.field('Sound offset');
    expect([slider.min, slider.max, slider.step]).toEqual(['-500', '500', '5']);
    await page.type(slider, '120');
    expect(page.app.syncStatus.trimMs.value).toBe(120);
    expect(slider.getAttribute('aria-valuetext')).toBe('120 ms earlier');
    expect(all('dialog[open] output')[0]!.textContent).toBe('+120 ms');
    named('dialog[open] button', 'Reset the sound offset').click();
    await redrawn();
    expect([page.app.syncStatus.trimMs.value, slider.getAttribute('aria-valuetext')]).toEqual([0, 'no offset']);
  });

  test("a host sets rate and waiting for everybody; the server's value is shown as pressed", async () => {
    await inside(asHost);
    await openPanel();
    const pressed = () => all('dialog[open] .room-setting-button[aria-pressed=true]').map((button) => button.textContent);
    expect(pressed()).toEqual(['1×', 'Never']);
    named('.room-setting-button', '1.25×').click();
    named('.room-setting-button', 'Up to 10 seconds').click();
    await redrawn();
    expect(socket().lastRequest('set-rate').payload).toMatchObject({ rate: 1.25 });
    expect(socket().lastRequest('set-waiting').payload).toMatchObject({ mode: 'everyone', seconds: 10 });
    expect(pressed()).toEqual(['1×', 'Never']);
    socket().receive('timeline', aTimeline({ seq: 6, rate: 1.1, reason: 'rate', by: 'u1' }));
    socket().receive('waiting-set', { ...policy, mode: 'everyone', seconds: 7, userId: 'u1', epoch: 1, seq: 7 });
    await redrawn();
    // Neither is among the usual choices.
    expect(pressed()).toEqual(['1.1×', '7 s']);
    named('.room-setting-button', 'Never').click();
    expect(socket().lastRequest('set-waiting').payload).toMatchObject({ mode: 'never' });
    expect(all('.bar-rate').map((rate) => rate.textContent)).toEqual([' 1.1×']);
  });

  test('for a guest both are locked, with who holds the remote', async () => {
    await inside(asGuest);
    await openPanel();
    const buttons = all('dialog[open] .room-setting-button');
    expect(buttons.every((button) => button.getAttribute('aria-disabled') === 'true')).toBe(true);
    for (const group of all('dialog[open] [role=group]')) {
      expect(page.root.querySelector(`[id="${group.getAttribute('aria-describedby')}"]`)!.textContent).toBe(
        'Ana holds the remote',
      );
    }
    for (const button of buttons) button.click();
    await redrawn();
    expect(socket().requests.filter((one) => one.name.startsWith('set-'))).toEqual([]);
    expect(page.app.toasts.current.value?.text).toBe('Ana holds the remote');
  });

  test('a server without a waiting policy shows no such setting', async () => {
    await inside({ room: aRoom({ ...film, waiting: undefined }), timeline: aTimeline() });
    await openPanel();
    expect(all('dialog[open] [role=group]').map((group) => group.getAttribute('aria-label'))).toEqual(['Speed']);
  });
});

describe('the ready barrier', () => {
  const preparing = (over: Partial<Timeline> = {}) =>
    aTimeline({
      seq: 6,
      phase: 'preparing',
      resume: true,
      reason: 'seek',
      by: 'u1',
      waiting: { reason: 'seek', for: ['u1', 'u2'], until: performance.now() + 1e6 + 4600 },
      ...over,
    });
  const card = () => all('.film-notice-card')[0];
  const spoken = () => all('.film-notice [role=status]')[0]!.textContent;

  test('is shown after a moment, with members and countdown, and announced once', async () => {
    await inside(asHost);
    await vi.advanceTimersByTimeAsync(300);
    await measured('ready', null);
    socket().receive('timeline', preparing());
    socket().receive('status', { members: [status('loading')] });
    await vi.advanceTimersByTimeAsync(500);
    expect([card(), spoken()]).toEqual([undefined, '']);
    await vi.advanceTimersByTimeAsync(300);
    expect(card()!.querySelector('p')!.textContent).toBe('Waiting for Bo (loading) · goes on by itself in 4 s');
    expect(spoken()).toBe('Waiting for Bo (loading). It goes on by itself.');
    await vi.advanceTimersByTimeAsync(1000);
    expect(card()!.textContent).toContain('in 3 s');
    expect(spoken()).toBe('Waiting for Bo (loading). It goes on by itself.');
    socket().receive('timeline', aTimeline({ seq: 7, phase: 'playing', reason: 'ready' }));
    await redrawn();
    expect([card(), spoken()]).toEqual([undefined, '']);
  });

  test('shows pause, and a host may skip it', async () => {
    await inside(asHost);
    await measured('ready', null);
    socket().receive('timeline', preparing());
    await vi.advanceTimersByTimeAsync(800);
    expect(named('.bar button', 'Pause')).toBeTruthy();
    named('.film-notice button', 'Go on without them').click();
    expect(socket().requestCount('play-video')).toBe(1);
  });

  test('cannot be skipped by a guest', async () => {
    await inside(asGuest);
    socket().receive('timeline', preparing());
    await vi.advanceTimersByTimeAsync(800);
    expect(card()).toBeTruthy();
    expect(all('.film-notice button')).toHaveLength(0);
  });

  test('of an ordinary seek is not shown', async () => {
    await inside(asHost);
    socket().receive('timeline', preparing());
    await vi.advanceTimersByTimeAsync(600);
    socket().receive('timeline', aTimeline({ seq: 7, phase: 'playing', reason: 'ready' }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(card()).toBeUndefined();
  });
});
