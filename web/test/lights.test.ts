// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import { createLights } from '../src/app/lights';

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    vi.useRealTimers();
  };
});

test('the lights go down three quiet seconds into the film, and up at a touch or a pause', () => {
  const running = signal(true);
  const { down } = createLights(running, after);
  vi.advanceTimersByTime(3100);
  expect(down.value).toBe(true);
  window.dispatchEvent(new Event('pointermove'));
  expect(down.value).toBe(false);
  vi.advanceTimersByTime(3100);
  expect(down.value).toBe(true);
  running.value = false;
  expect(down.value).toBe(false);
});

test('play and pause within three seconds leave the lights on', () => {
  const running = signal(false);
  const { down } = createLights(running, after);
  running.value = true;
  vi.advanceTimersByTime(500);
  running.value = false;
  vi.advanceTimersByTime(10_000);
  expect(down.value).toBe(false);
});

test('who is writing keeps the lights on', () => {
  document.body.innerHTML = '<textarea></textarea>';
  document.querySelector('textarea')!.focus();
  const { down } = createLights(signal(true), after);
  vi.advanceTimersByTime(10_000);
  expect(down.value).toBe(false);
});
