// @vitest-environment happy-dom
/** The key that is held to talk, and the stored settings of voice. */
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_KEY, type TalkKey, followTalkKey, keyOf, readTalkKey } from '../src/voice/talk-key';
import { createVoiceSettings, readVoiceSettings } from '../src/voice/voice-settings';
import { usesKey } from '../src/ui/shortcut-list';
import { MemoryStorage } from './support/memory-storage';

describe('the choice of a key', () => {
  test.each([
    ['KeyK', 'k', 'K'],
    ['KeyQ', 'a', 'A'],
    ['Space', ' ', 'Space'],
    ['ArrowLeft', 'ArrowLeft', '←'],
    ['ControlRight', 'Control', 'Right Control'],
    ['F8', 'F8', 'F8'],
    ['BracketLeft', 'Dead', 'BracketLeft'],
  ])('%s is called as it is printed', (code, key, name) => {
    expect(keyOf({ code, key })).toEqual({ code, name });
  });

  test('keys that lead out of a control are not taken', () => {
    for (const key of ['Tab', 'Escape', 'Enter', 'Unidentified']) expect(keyOf({ code: key, key })).toBeNull();
    expect(keyOf({ code: '', key: 'x' })).toBeNull();
  });

  test('the keys of the player are known', () => {
    expect(['K', 'Space', '←', 'M'].map(usesKey)).toEqual([true, true, true, true]);
    expect(['V', '↑', 'Right Control'].map(usesKey)).toEqual([false, false, false]);
  });
});

describe('the key that is held', () => {
  let key: TalkKey | null;
  const holding = followTalkKey(window, () => key);

  function send(type: 'keydown' | 'keyup', code: string, more: KeyboardEventInit = {}, on: Element = document.body) {
    const event = new KeyboardEvent(type, { code, key: code.slice(-1).toLowerCase(), bubbles: true, cancelable: true, ...more });
    on.dispatchEvent(event);
    return event;
  }

  beforeEach(() => {
    key = { code: 'KeyK', name: 'K' };
    window.dispatchEvent(new Event('blur'));
    document.body.innerHTML = '<input id="text"><input id="range" type="range"><button>Play</button>';
  });

  test('talks while it is held, and the player does not get it', () => {
    expect(send('keydown', 'KeyK').defaultPrevented).toBe(true);
    expect(holding.value).toBe(true);
    expect(send('keydown', 'KeyK', { repeat: true }).defaultPrevented).toBe(true);
    send('keyup', 'KeyJ');
    expect(holding.value).toBe(true);
    send('keyup', 'KeyK');
    expect(holding.value).toBe(false);
  });

  test('types in a text field, and with a modifier means something else', () => {
    const field = document.getElementById('text')!;
    expect(send('keydown', 'KeyK', {}, field).defaultPrevented).toBe(false);
    expect(send('keydown', 'KeyK', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(holding.value).toBe(false);
    send('keydown', 'KeyK');
    send('keyup', 'KeyK', {}, field);
    expect(holding.value).toBe(false);
  });

  test('a control keeps the keys that operate it', () => {
    key = { code: 'Space', name: 'Space' };
    const button = document.querySelector('button')!;
    expect(send('keydown', 'Space', { key: ' ' }, button).defaultPrevented).toBe(false);
    key = { code: 'ArrowLeft', name: '←' };
    const range = document.getElementById('range')!;
    expect(send('keydown', 'ArrowLeft', { key: 'ArrowLeft' }, range).defaultPrevented).toBe(false);
    expect(send('keydown', 'ArrowLeft', { key: 'ArrowLeft' }).defaultPrevented).toBe(true);
  });

  test('a modifier alone can be held', () => {
    key = { code: 'ControlRight', name: 'Right Control' };
    send('keydown', 'ControlRight', { key: 'Control', ctrlKey: true });
    expect(holding.value).toBe(true);
    window.dispatchEvent(new Event('blur'));
    expect(holding.value).toBe(false);
  });

  test('while push to talk is off it is any other key', () => {
    key = null;
    expect(send('keydown', 'KeyK').defaultPrevented).toBe(false);
    expect(holding.value).toBe(false);
  });
});

describe('the stored settings of voice', () => {
  test('those of an earlier version still load', () => {
    const storage = new MemoryStorage();
    storage.setItem('wnc.voice-settings', JSON.stringify({ device: 'm1', pushToTalk: true, ducking: false }));
    expect(readVoiceSettings(storage)).toEqual({
      device: 'm1',
      camera: '',
      pushToTalk: true,
      talkKey: DEFAULT_KEY,
      ducking: false,
      pictures: true,
    });
  });

  test('a chosen key is kept', () => {
    const storage = new MemoryStorage();
    createVoiceSettings(storage).change({ talkKey: { code: 'KeyK', name: 'K' }, pictures: false });
    expect(readVoiceSettings(storage)).toMatchObject({ talkKey: { code: 'KeyK', name: 'K' }, pictures: false });
  });

  test('anything else is the default', () => {
    for (const kept of [
      null,
      5,
      'KeyK',
      {},
      { code: 'KeyK' },
      { code: '<b>', name: 'K' },
      { code: 'KeyK', name: 'x'.repeat(21) },
    ])
      expect(readTalkKey(kept)).toEqual(DEFAULT_KEY);
    const storage = new MemoryStorage();
    storage.setItem('wnc.voice-settings', '{');
    expect(readVoiceSettings(storage).talkKey).toEqual(DEFAULT_KEY);
  });
});
