// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
/** The layer over the picture, and the menu "Subtitles and audio". */
import type { Signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cue, CueSpan } from '../src/subtitles/cue';
import { createPageHarness } from './support/page-harness';
import { readText } from './support/subtitle-files';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));
vi.mock('../src/subtitles/reader', async () => ({
  readInWorker: (await import('./support/subtitles-harness')).read,
  startReaderWorker: () => undefined,
}));

const page = createPageHarness();
const { drawn, all, named, inside, press, nameless } = page;

beforeEach(page.fresh);

const film = { videoUrl: 'https://films.example/a.mp4', videoType: 'video' };

async function watch(): Promise<void> {
  await inside({ room: aRoom({ ...film, users: [aUser({ isHost: true })] }), timeline: aTimeline({ seq: 5 }) });
  await vi.dynamicImportSettled();
  await drawn();
}

const subtitles = () => page.app.subtitles.value!;
const TITLE = 'Subtitles and audio';
const dialog = () => page.root.querySelector<HTMLDialogElement>('dialog[open]');
const radios = () => all('dialog[open] input[type=radio]') as HTMLInputElement[];
const file = (text: string) => new File([text], 'film.srt');
const SRT = '1\n00:00:10,000 --> 00:00:12,000\nhello\n';

async function openMenu(): Promise<void> {
  named('button', TITLE).click();
  await drawn();
}

/** Shows cues, because no film can be opened here. */
async function show(...cues: Cue[]): Promise<void> {
  (subtitles().shown as Signal<readonly Cue[]>).value = cues;
  await drawn();
}

const cueOf = (span: CueSpan | string, over: Partial<Cue> = {}): Cue => ({
  start: 1,
  end: 2,
  lines: [[typeof span === 'string' ? { text: span } : span]],
  place: null,
  align: 'center',
  ...over,
});
const zone = (name: string) => page.root.querySelector(`.subtitle-zone[data-zone=${name}]`)!;

describe('the layer', () => {
  test('shows cues as text, never as elements of the page', async () => {
    await watch();
    await show(cueOf('<img src=x onerror=alert(1)><b>hi</b>'));
    expect(zone('bottom').textContent).toBe('<img src=x onerror=alert(1)><b>hi</b>');
    expect(page.root.querySelector('.subtitles img, .subtitles b, .subtitles script')).toBeNull();
  });

  test('a hostile file gives no element besides those of the layer', async () => {
    await watch();
    const { cues } = readText('1\n00:00:01,000 --> 00:00:02,000\n<script>x</script><svg onload=x><ruby>a<rt>b</rt></ruby>');
    await show(...cues);
    const names = [...page.root.querySelectorAll('.subtitles *')].map((element) => element.localName);
    expect([...new Set(names)].sort()).toEqual(['div', 'p', 'rt', 'ruby', 'span']);
    const attributes = [...page.root.querySelectorAll('.subtitle *')].flatMap((element) => element.getAttributeNames());
    expect([...new Set(attributes)].sort()).toEqual(['class', 'dir']);
  });

  test('is not announced, and keeps each direction of writing apart', async () => {
    await watch();
    await show(cueOf('שלום'));
    expect(page.root.querySelector('.subtitles')!.getAttribute('aria-live')).toBe('off');
    expect(zone('bottom').querySelector('p')!.getAttribute('dir')).toBe('auto');
  });

  test('a cue stands where it says, all others where the viewer says', async () => {
    await watch();
    await show(cueOf('up', { place: 'top' }), cueOf('mid', { place: 'middle' }), cueOf('free'));
    expect(['top', 'middle', 'bottom'].map((name) => zone(name).textContent)).toEqual(['up', 'mid', 'free']);
    subtitles().change({ place: 'top', size: 'large', background: 'none' });
    await drawn();
    expect(['top', 'bottom'].map((name) => zone(name).textContent)).toEqual(['upfree', '']);
    expect({ ...page.root.querySelector<HTMLElement>('.subtitles')!.dataset }).toEqual({ size: 'large', background: 'none' });
  });

  test('a text that is drawn twice at the same time is shown once', async () => {
    await watch();
    await show(cueOf('same'), cueOf({ text: 'same', color: 'red' }), cueOf('same', { place: 'top' }));
    expect(['top', 'bottom'].map((name) => zone(name).textContent)).toEqual(['same', 'same']);
  });

  test('looks are attributes of the span', async () => {
    await watch();
    await show(cueOf({ text: 'x', bold: true, italic: true, underline: true, color: 'cyan' }));
    const span = zone('bottom').querySelector<HTMLElement>('[data-bold]')!;
    expect({ ...span.dataset }).toEqual({ bold: 'true', italic: 'true', underline: 'true', color: 'cyan' });
  });
});

describe('the menu', () => {
  test('has no button without a film', async () => {
    await inside({ room: aRoom({ users: [aUser({ isHost: true })] }) });
    await vi.dynamicImportSettled();
    expect(all('button').some((one) => one.getAttribute('aria-label') === TITLE)).toBe(false);
  });

  test('opens from a button that says what it does, and closes', async () => {
    await watch();
    const button = named('button', TITLE);
    expect([button.getAttribute('aria-haspopup'), button.getAttribute('aria-expanded')]).toEqual(['dialog', 'false']);
    await openMenu();
    expect([button.getAttribute('aria-expanded'), dialog()!.querySelector('h2')!.textContent]).toEqual(['true', TITLE]);
    expect(nameless()).toEqual([]);
    named('dialog[open] button', 'Close').click();
    await drawn();
    expect(dialog()).toBeNull();
  });

  test('offers a file of one’s own, says what it is, and offers its encoding', async () => {
    await watch();
    await openMenu();
    expect([radios().length, radios()[0]!.checked, all('.encoding').length]).toEqual([1, true, 0]);
    await subtitles().openFile(file(SRT));
    await drawn();
    expect(radios().map((radio) => [radio.closest('label')!.textContent, radio.checked])).toEqual([
      ['Off', false],
      ['film.srt', true],
    ]);
    const status = page.root.querySelector('dialog [role=status].file-notes')!;
    expect(status.textContent).toBe('SRT, 1 line.');
    expect(page.root.querySelector<HTMLSelectElement>('dialog select')!.value).toBe('utf-8');
    expect(nameless()).toEqual([]);
    radios()[0]!.click();
    await drawn();
    expect(subtitles().chosen.value).toBeNull();
  });

  test('a file that is none is explained', async () => {
    await watch();
    await openMenu();
    await subtitles().openFile(file('nothing'));
    await drawn();
    const notes = page.root.querySelector<HTMLElement>('.file-notes')!;
    expect([notes.dataset['problem'], notes.textContent]).toEqual(['true', expect.stringContaining('SRT, WebVTT, ASS and SSA')]);
  });

  test('the delay has buttons with names, and says its value', async () => {
    await watch();
    await openMenu();
    expect(all('.subtitle-delay')).toEqual([]);
    await subtitles().openFile(file(SRT));
    await drawn();
    named('dialog[open] button', '0.1 seconds later').click();
    await drawn();
    named('dialog[open] button', '0.1 seconds later').click();
    await drawn();
    expect(page.root.querySelector('.subtitle-delay output')!.textContent).toBe('+0.2 sSubtitles 0.2 s later');
    named('dialog[open] button', '0.1 seconds earlier').click();
    await drawn();
    expect(subtitles().delay.value).toBe(0.1);
    named('dialog[open] button', 'Reset').click();
    await drawn();
    expect(subtitles().delay.value).toBe(0);
  });

  test('size, place and background are buttons with a state', async () => {
    await watch();
    await openMenu();
    named('dialog[open] button', 'Largest').click();
    named('dialog[open] button', 'Top').click();
    named('dialog[open] button', 'Solid').click();
    await drawn();
    const pressed = all('dialog[open] [aria-pressed=true]').map((one) => one.textContent);
    expect(pressed).toEqual(['Largest', 'Top', 'Solid']);
  });
});

test('keys: c for on and off, g and h for the delay', async () => {
  await watch();
  await subtitles().openFile(file(SRT));
  await press(document.body, 'c');
  expect(subtitles().chosen.value).toBeNull();
  await press(document.body, 'C');
  expect(subtitles().chosen.value).toBe('own');
  await press(document.body, 'h');
  await press(document.body, 'h');
  await press(document.body, 'g');
  expect(subtitles().delay.value).toBe(0.1);
});

test('a file that is dropped anywhere on the page is opened; other drops are left alone', async () => {
  await watch();
  const drag = (name: string, types: string[], files: File[] = []) => {
    const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), {
      dataTransfer: { types, files },
      relatedTarget: null,
    });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect([drag('dragover', ['text/plain']), drag('drop', ['text/plain'])]).toEqual([false, false]);
  expect(drag('dragover', ['Files'])).toBe(true);
  await drawn();
  expect(all('.subtitle-drop')).toHaveLength(1);
  drag('dragleave', ['Files']);
  await drawn();
  expect(all('.subtitle-drop')).toHaveLength(0);
  expect(drag('drop', ['Files'], [file(SRT)])).toBe(true);
  await drawn();
  expect(subtitles().chosen.value).toBe('own');
  expect(drag('drop', ['Files'])).toBe(true);
});

describe('sharing', () => {
  const track = { trackId: 't1', label: 'English', language: 'en', parts: 1, bytes: 40 };

  async function watchAs(host: boolean): Promise<void> {
    const users = [aUser({ isHost: host }), aUser({ id: 'u2', name: 'Ben', isHost: !host })];
    await inside({ room: aRoom({ ...film, users, subtitles: [track] }), user: users[0], timeline: aTimeline({ seq: 5 }) });
    await vi.dynamicImportSettled();
    await drawn();
    await openMenu();
  }

  const buttons = () => all('dialog[open] button').map((one) => one.getAttribute('aria-label') ?? one.textContent);
  const asked = (name: string) => page.socket().requests.filter((one) => one.name === name);

  test('a guest sees what is shared, and nothing to share with', async () => {
    await watchAs(false);
    expect(radios().map((one) => one.closest('label')!.textContent)).toEqual(['Off', 'English']);
    expect(dialog()!.textContent).toContain('Shared');
    expect(dialog()!.textContent).toContain('It stays on this device.');
    await subtitles().openFile(file(SRT));
    await drawn();
    expect(buttons().filter((name) => /shar/i.test(name ?? ''))).toEqual([]);
  });

  test('a host stops sharing, shares a file under a name, and a link', async () => {
    await watchAs(true);
    named('dialog[open] button', 'Stop sharing English').click();
    await drawn();
    expect(asked('set-subtitles')[0]!.payload['tracks']).toEqual([]);
    expect(dialog()!.textContent).toContain('until you share it');
    expect(nameless()).toEqual([]);

    named('dialog[open] button', 'Share a link').click();
    await drawn();
    expect(named('dialog[open] button', 'Share the link').getAttribute('aria-disabled')).toBe('true');
    expect(nameless()).toEqual([]);
  });

  test('the name of a file is offered, and can be changed', async () => {
    await watchAs(true);
    await subtitles().openFile(new File([SRT], 'film.de.srt'));
    await drawn();
    expect(page.field('Name in everybody’s list').value).toBe('Deutsch');
    await page.type(page.field('Name in everybody’s list'), '  ');
    expect(named('dialog[open] button', 'Share with everybody').getAttribute('aria-disabled')).toBe('true');
    await page.type(page.field('Name in everybody’s list'), 'German');
    vi.spyOn(console, 'warn').mockReturnValue();
    await page.submit();
    expect(asked('upload-subtitles').map((one) => one.payload['text'])).toEqual([SRT]);
  });
});
