// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
/** What the page shows of voice, over a voice that a test sets. */
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const phase = signal<'off' | 'on'>('off');
const held: boolean[] = [];
const changes: object[] = [];
const settings = signal({
  device: '',
  camera: '',
  pushToTalk: false,
  talkKey: { code: 'KeyV', name: 'V' },
  ducking: true,
  pictures: true,
});
const mine = signal<{ mutedByHost: boolean } | null>({ mutedByHost: false });
vi.mock('../src/voice/voice', () => ({
  createVoice: () => ({
    phase,
    settings,
    mine,
    problem: signal(null),
    devices: signal([]),
    level: signal(0.6),
    talks: signal(false),
    muted: signal(false),
    volumes: signal(new Map()),
    links: signal(new Map([['u2', 'connected']])),
    pictures: signal(new Map()),
    shownCameras: signal([]),
    hasPictures: signal(false),
    camera: { stream: signal(null), opening: signal(false), problem: signal(null), devices: signal([]) },
    join: () => Promise.resolve(),
    holdButton: (on: boolean) => held.push(on),
    choose: (next: object) => {
      changes.push(next);
      settings.value = { ...settings.value, ...next };
      return Promise.resolve();
    },
  }),
}));

const page = createPageHarness();
const { all, named, inside, loaded, drawn, press, nameless } = page;
const speaker = (userId: string, more = {}) => ({ userId, peerId: `p-${userId}`, muted: false, mutedByHost: false, ...more });

beforeEach(() => {
  phase.value = 'off';
  settings.value = { ...settings.value, pushToTalk: false, talkKey: { code: 'KeyV', name: 'V' } };
  held.length = changes.length = 0;
  return page.fresh();
});

async function enter(speakers = [speaker('u1'), speaker('u2')]): Promise<void> {
  await inside({
    room: aRoom({
      users: [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Ben' })],
      voice: { max: 8, speakers } as never,
    }),
  });
  page.app.room.setSpeaking('u1', true);
  await page.app.voice.load();
  phase.value = 'on';
  await loaded();
}

async function openPanel(): Promise<void> {
  named('button', 'Voice, 2 in it').click();
  await loaded();
}

const rows = () => all('.voice-name').map((one) => one.textContent);

describe('the dialog', () => {
  test('says who is in it in words, and every control has a name', async () => {
    await enter([speaker('u1'), speaker('u2', { mutedByHost: true })]);
    await openPanel();
    expect(rows()).toEqual(['Ana (you)speaks', 'Benmuted by a host']);
    expect(all('.voice-speaker')[0]!.dataset['speaks']).toBe('true');
    expect(named('.voice input', 'Volume of Ben').getAttribute('aria-valuetext')).toBe('100 %');
    expect(nameless()).toEqual([]);
  });

  test('the meter says its level in words', async () => {
    await enter();
    await openPanel();
    const meter = all('[role=meter]')[0]!;
    expect(['aria-label', 'aria-valuetext'].map((name) => meter.getAttribute(name))).toEqual([
      'Level of your microphone',
      'good',
    ]);
    expect(meter.closest('[aria-live], [role=status], [role=alert]')).toBeNull();
  });

  test('takes the next key that is pressed, and says that it is none of the player then', async () => {
    await enter();
    await openPanel();
    all('.voice-own [role=switch]')[0]!.click();
    await drawn();
    named('.voice-key button', 'V Change the key').click();
    await drawn();
    await press(document.body, 'Escape', { code: 'Escape' });
    expect(changes).toEqual([{ pushToTalk: true }]);
    named('.voice-key button', 'V Change the key').click();
    await drawn();
    expect((await press(document.body, 'k', { code: 'KeyK' })).defaultPrevented).toBe(true);
    expect(changes.at(-1)).toEqual({ talkKey: { code: 'KeyK', name: 'K' } });
    expect(all('.voice-hint')[0]!.textContent).toContain('K only talks');
  });
});

test('the button in the header is held to talk by pointer and key, and a screen reader switches it', async () => {
  await enter();
  settings.value = { ...settings.value, pushToTalk: true };
  await drawn();
  const button = named('.room-head button', 'Hold to talk');
  button.setPointerCapture = () => undefined;
  button.dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1, bubbles: true }));
  button.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, bubbles: true }));
  expect(held).toEqual([true, false]);
  await press(button, ' ');
  button.dispatchEvent(new KeyboardEvent('keyup', { key: ' ', bubbles: true }));
  expect(held).toEqual([true, false, true, false]);
  button.dispatchEvent(new MouseEvent('click', { detail: 0, bubbles: true }));
  expect(held.at(-1)).toBe(true);
});

test('the sync badge warns of a film that is far off, only in voice', async () => {
  await enter();
  page.socket().receive('video-set', { videoUrl: 'https://a.example/a.mp4', videoType: 'video', epoch: 1, seq: 6 });
  page.socket().receive('timeline', aTimeline({ phase: 'playing', seq: 6 }));
  await loaded();
  const badge = () => all('.bar-sync')[0]!;
  const words = () => badge().getAttribute('aria-label');
  for (const at of [1e15, 1e15 + 600, 1e15 + 1200]) page.app.syncStatus.record(at, { drift: 130, state: 'synced', boundMs: 4 });
  await drawn();
  expect([words(), badge().dataset['far']]).toEqual(['Sync: Late for voice', 'true']);
  badge().click();
  await loaded();
  expect(all('.sync-voice')[0]!.textContent).toContain('the others laugh 130 ms before you see why');
  phase.value = 'off';
  await drawn();
  expect([badge().dataset['far'], all('.sync-voice').length]).toEqual(['false', 0]);
});
