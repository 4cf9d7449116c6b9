// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { batch } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { StepState } from '../src/app/step';
import type { Timeline } from '../src/protocol/messages';
import { FakeSocket } from './support/fake-line';
import { aPage } from './support/page';
import { aRoom, aTimeline, aUser } from './support/wire';

const wire = vi.hoisted(() => ({ sockets: [] as unknown[] }));
vi.mock('socket.io-client', () => ({
  io: () => {
    const socket = new FakeSocket();
    wire.sockets.push(socket);
    return socket;
  },
}));

const page = aPage(wire);
const { socket, drawn, redrawn, all, named, inside, nameless } = page;

beforeEach(page.fresh);

const policy = { mode: 'never' as const, seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3 };
const film = { videoUrl: 'https://films.example/a.mp4', videoType: 'video', waiting: policy };
const two = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Bo', joinedAt: '2026-01-01T21:00:00.000Z' })];
const asHost = { room: aRoom({ ...film, users: two }), timeline: aTimeline({ seq: 5 }) };
const asGuest = { ...asHost, user: aUser({ id: 'u2', name: 'Bo' }) };

/** What one's own player says from now on; that no film can be opened here is not asked about. */
async function measured(state: StepState, drift: number | null, boundMs: number | null = 6): Promise<void> {
  const { step } = page.app;
  step.note = () => undefined;
  step.clear = () => undefined;
  batch(() => {
    step.state.value = state;
    step.drift.value = drift;
    step.boundMs.value = boundMs;
    step.history.value = [{ at: performance.now(), drift }];
  });
  await redrawn();
}

const badge = () => all('.bar-step')[0]!;
const dialog = () => page.root.querySelector<HTMLDialogElement>('dialog[open]');

async function openPanel(): Promise<void> {
  badge().click();
  await redrawn();
}

const told = (state: string, drift: number | null = null, bound: number | null = null) => ({ userId: 'u2', state, drift, bound });

async function roster(...members: object[]): Promise<HTMLElement[]> {
  all('[role=tab]')[1]!.click();
  socket().tell('status', { members });
  await redrawn();
  return all('.person');
}

describe('the list of people', () => {
  test.each([
    [told('synced', 12, 6), 'in step, 12 ms behind, measured to ± 6 ms'],
    [told('correcting', -80, null), 'catching up, 80 ms ahead'],
    [told('buffering'), 'buffering'],
    [told('free', 4000, 6), 'on their own, 4.0 s behind, measured to ± 6 ms'],
    [told('ready', 40, 6), 'ready'],
  ])('says in words how the others keep step: %o', async (member, words) => {
    await inside(asHost);
    const [, bo] = await roster(member);
    const step = bo!.querySelector('.person-step')!;
    for (const hidden of step.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    expect(step.textContent).toBe(words);
  });

  test('shows a figure and its bound, and tells nobody aloud', async () => {
    await inside(asHost);
    const [, bo] = await roster(told('synced', 12, 6));
    expect(bo!.querySelector('.person-drift')!.textContent).toBe('+12 ms ± 6 ms');
    expect(bo!.querySelector<HTMLElement>('.person-step')!.title).toBe('12 ms behind, measured to ± 6 ms');
    expect(bo!.closest('[aria-live], [role=status], [role=log], [role=alert]')).toBeNull();
  });

  test('says nothing of whom nothing is known, who is away, or who has no film', async () => {
    await inside(asHost);
    await measured('none', null);
    const [ana, bo] = await roster(told('none'));
    expect([ana!.querySelector('.person-step'), bo!.querySelector('.person-step')]).toEqual([null, null]);
    socket().tell('status', { members: [told('synced', 1, 1)] });
    socket().tell('user-away', { userId: 'u2', epoch: 1, seq: 6 });
    await redrawn();
    expect(all('.person')[1]!.querySelector('.person-step')).toBeNull();
  });

  test('knows one’s own at once', async () => {
    await inside(asHost);
    await roster({ ...told('buffering'), userId: 'u1' });
    await measured('synced', 3);
    expect(all('.person')[0]!.querySelector('.person-step')!.textContent).toContain('in step');
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
    expect(badge().querySelector('.bar-step-figure')?.textContent).toBe(figure);
    expect(badge().querySelector('svg')!.getAttribute('data-state')).toBe(state);
    expect(badge().getAttribute('aria-label')).toBe(`Sync: ${word.charAt(0).toLowerCase()}${word.slice(1)}`);
  });

  test('states can be told apart without colour', async () => {
    await inside(asHost);
    const shapes = new Set<string>();
    for (const state of ['ready', 'synced', 'correcting', 'buffering', 'free', 'blocked', 'failed'] as const) {
      await measured(state, null);
      shapes.add(badge().querySelector('svg')!.innerHTML);
    }
    expect(shapes.size).toBe(7);
  });

  test('opens a panel in which everything has a name, and which says how it went', async () => {
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
    expect(dialog()!.querySelector('.step-figure')!.textContent).toBe('12 ms behind, measured to ± 6 ms');
    named('dialog[open] button', 'Close').click();
    await drawn();
    expect(dialog()).toBeNull();
  });
});

describe('the panel', () => {
  const radios = () => all('dialog[open] input[type=radio]') as HTMLInputElement[];
  const chosen = () => radios().map((radio) => radio.checked);

  test('one of three modes, kept for the next time; "Sync me" goes back to the one before', async () => {
    await inside(asHost);
    await openPanel();
    expect(chosen()).toEqual([true, false, false]);
    radios()[1]!.click();
    await drawn();
    expect([page.app.step.mode.value, localStorage.getItem('wnc.step-mode')]).toEqual(['smooth', 'smooth']);
    radios()[2]!.click();
    await drawn();
    expect(page.app.step.mode.value).toBe('free');
    named('dialog[open] button', 'Sync me').click();
    await redrawn();
    expect(chosen()).toEqual([false, true, false]);
    expect(all('dialog[open] .step-sync')).toHaveLength(0);
  });

  test('the sound offset moves in steps of 5 ms, speaks, and goes back to nothing', async () => {
    await inside(asHost);
    await openPanel();
    const slider = page.field('Sound offset');
    expect([slider.min, slider.max, slider.step]).toEqual(['-500', '500', '5']);
    await page.type(slider, '120');
    expect(page.app.step.trimMs.value).toBe(120);
    expect(slider.getAttribute('aria-valuetext')).toBe('120 ms earlier');
    expect(all('dialog[open] output')[0]!.textContent).toBe('+120 ms');
    named('dialog[open] button', 'Reset the sound offset').click();
    await redrawn();
    expect([page.app.step.trimMs.value, slider.getAttribute('aria-valuetext')]).toEqual([0, 'no offset']);
  });

  test('a host sets speed and waiting for everybody; what is pressed is what the server has told', async () => {
    await inside(asHost);
    await openPanel();
    const pressed = () => all('dialog[open] .choice-button[aria-pressed=true]').map((button) => button.textContent);
    expect(pressed()).toEqual(['1×', 'Never']);
    named('.choice-button', '1.25×').click();
    named('.choice-button', 'Up to 10 seconds').click();
    await redrawn();
    expect(socket().last('set-rate').payload).toMatchObject({ rate: 1.25 });
    expect(socket().last('set-waiting').payload).toMatchObject({ mode: 'everyone', seconds: 10 });
    expect(pressed()).toEqual(['1×', 'Never']);
    socket().tell('timeline', aTimeline({ seq: 6, rate: 1.1, reason: 'rate', by: 'u1' }));
    socket().tell('waiting-set', { ...policy, mode: 'everyone', seconds: 7, userId: 'u1', epoch: 1, seq: 7 });
    await redrawn();
    // Neither is one of the usual choices.
    expect(pressed()).toEqual(['1.1×', '7 s']);
    named('.choice-button', 'Never').click();
    expect(socket().last('set-waiting').payload).toMatchObject({ mode: 'never' });
    expect(all('.bar-rate').map((rate) => rate.textContent)).toEqual([' 1.1×']);
  });

  test('a guest meets both held, with who holds them', async () => {
    await inside(asGuest);
    await openPanel();
    const buttons = all('dialog[open] .choice-button');
    expect(buttons.every((button) => button.getAttribute('aria-disabled') === 'true')).toBe(true);
    for (const group of all('dialog[open] [role=group]')) {
      expect(page.root.querySelector(`[id="${group.getAttribute('aria-describedby')}"]`)!.textContent).toBe(
        'Ana holds the remote',
      );
    }
    for (const button of buttons) button.click();
    await redrawn();
    expect(socket().asked.filter((one) => one.name.startsWith('set-'))).toEqual([]);
    expect(page.app.toasts.current.value?.text).toBe('Ana holds the remote');
  });

  test('a server that knows no waiting is not asked for it', async () => {
    await inside({ room: aRoom({ ...film, waiting: undefined }), timeline: aTimeline() });
    await openPanel();
    expect(all('dialog[open] [role=group]').map((group) => group.getAttribute('aria-label'))).toEqual(['Speed']);
  });
});

describe('a room that waits', () => {
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
  const card = () => all('.wait-card')[0];
  const spoken = () => all('.wait [role=status]')[0]!.textContent;

  test('says so after a moment, for whom and for how long, and speaks it once', async () => {
    await inside(asHost);
    await vi.advanceTimersByTimeAsync(300);
    await measured('ready', null);
    socket().tell('timeline', preparing());
    socket().tell('status', { members: [told('loading')] });
    await vi.advanceTimersByTimeAsync(500);
    expect([card(), spoken()]).toEqual([undefined, '']);
    await vi.advanceTimersByTimeAsync(300);
    expect(card()!.querySelector('p')!.textContent).toBe('Waiting for Bo (loading) · goes on by itself in 4 s');
    expect(spoken()).toBe('Waiting for Bo (loading). It goes on by itself.');
    await vi.advanceTimersByTimeAsync(1000);
    expect(card()!.textContent).toContain('in 3 s');
    expect(spoken()).toBe('Waiting for Bo (loading). It goes on by itself.');
    socket().tell('timeline', aTimeline({ seq: 7, phase: 'playing', reason: 'ready' }));
    await redrawn();
    expect([card(), spoken()]).toEqual([undefined, '']);
  });

  test('the button shows pause, and a host may go on without them', async () => {
    await inside(asHost);
    await measured('ready', null);
    socket().tell('timeline', preparing());
    await vi.advanceTimersByTimeAsync(800);
    expect(named('.bar button', 'Pause')).toBeTruthy();
    named('.wait button', 'Go on without them').click();
    expect(socket().count('play-video')).toBe(1);
  });

  test('a guest waits', async () => {
    await inside(asGuest);
    socket().tell('timeline', preparing());
    await vi.advanceTimersByTimeAsync(800);
    expect(card()).toBeTruthy();
    expect(all('.wait button')).toHaveLength(0);
  });

  test('a seek of every day flashes nothing', async () => {
    await inside(asHost);
    socket().tell('timeline', preparing());
    await vi.advanceTimersByTimeAsync(600);
    socket().tell('timeline', aTimeline({ seq: 7, phase: 'playing', reason: 'ready' }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(card()).toBeUndefined();
  });
});
