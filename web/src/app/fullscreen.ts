/** Full screen for the player area, or the whole window where the browser has no full screen for pages. */
import { signal } from '@preact/signals';
import { enterFullscreen, fullscreenElement, leaveFullscreen } from '../media/browser-features';

/** screen: the browser's full screen. window: the player area covers the page's window. */
export type FullscreenMode = 'no' | 'screen' | 'window';

export function createFullscreen(frame: () => HTMLElement | null) {
  const mode = signal<FullscreenMode>('no');

  function onFullscreenChange(): void {
    if (fullscreenElement() !== null) entered('screen');
    else if (mode.value === 'screen') mode.value = 'no';
  }

  function entered(how: FullscreenMode): void {
    mode.value = how;
    // A focused element that is out of sight would receive key presses.
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && frame()?.contains(focused) !== true) focused.blur();
  }

  async function toggle(): Promise<void> {
    const element = frame();
    if (mode.value === 'window') mode.value = 'no';
    else if (fullscreenElement() !== null) await leaveFullscreen();
    else if (element !== null && !(await enterFullscreen(element))) entered('window');
  }

  /** Leaves window mode with Escape; the browser ends its own full screen itself. */
  function leaveWindow(): boolean {
    if (mode.value !== 'window') return false;
    mode.value = 'no';
    return true;
  }

  const names = ['fullscreenchange', 'webkitfullscreenchange'] as const;
  for (const name of names) document.addEventListener(name, onFullscreenChange);
  return {
    mode,
    /** Reads the document as well, because a key press may come before the browser's event. */
    isOn(): boolean {
      onFullscreenChange();
      return mode.peek() !== 'no';
    },
    toggle,
    leaveWindow,
    end(): void {
      for (const name of names) document.removeEventListener(name, onFullscreenChange);
    },
  };
}

interface KeyboardLock {
  lock(keys: string[]): Promise<void>;
  unlock(): void;
}

/**
 * Makes Escape a key of the page in the browser's full screen, which then ends when it is held. Does nothing in browsers
 * without that. Returns a function that ends it.
 */
export function keepEscape(): () => void {
  const { keyboard } = navigator as { keyboard?: KeyboardLock };
  if (fullscreenElement() === null || typeof keyboard?.lock !== 'function') return () => undefined;
  // Without it the browser ends its full screen, and what is open closes with that.
  keyboard.lock(['Escape']).catch(() => undefined);
  return () => keyboard.unlock();
}
