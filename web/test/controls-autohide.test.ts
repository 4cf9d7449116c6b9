// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import { createControlsAutohide } from '../src/app/controls-autohide';

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

test('controls hide after three idle seconds of play, and appear at input or pause', () => {
  const running = signal(true);
  const { hidden } = createControlsAutohide(running, after);
  vi.advanceTimersByTime(3100);
  expect(hidden.value).toBe(true);
  window.dispatchEvent(new Event('pointermove'));
  expect(hidden.value).toBe(false);
  vi.advanceTimersByTime(3100);
  expect(hidden.value).toBe(true);
  running.value = false;
  expect(hidden.value).toBe(false);
});

test('play and pause within three seconds keep the controls', () => {
  const running = signal(false);
  const { hidden } = createControlsAutohide(running, after);
  running.value = true;
  vi.advanceTimersByTime(500);
  running.value = false;
  vi.advanceTimersByTime(10_000);
  expect(hidden.value).toBe(false);
});

test('a focused field keeps the controls', () => {
  document.body.innerHTML = '<textarea></textarea>';
  document.querySelector('textarea')!.focus();
  const { hidden } = createControlsAutohide(signal(true), after);
  vi.advanceTimersByTime(10_000);
  expect(hidden.value).toBe(false);
});
