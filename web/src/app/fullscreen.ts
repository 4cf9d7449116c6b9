/** The picture over everything else: as full screen, and where the browser has none for a page, as all of the window. */
import { signal } from '@preact/signals';
import { enterFullscreen, fullscreenElement, leaveFullscreen } from '../media/features';

/** screen: the browser's full screen. window: all of the page's window. */
export type Fills = 'no' | 'screen' | 'window';

export function createFullscreen(frame: () => HTMLElement | null) {
  const fills = signal<Fills>('no');

  function look(): void {
    if (fullscreenElement() !== null) entered('screen');
    else if (fills.value === 'screen') fills.value = 'no';
  }

  function entered(how: Fills): void {
    fills.value = how;
    // What has the focus out of sight would get the keys.
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && frame()?.contains(focused) !== true) focused.blur();
  }

  async function toggle(): Promise<void> {
    const element = frame();
    if (fills.value === 'window') fills.value = 'no';
    else if (fullscreenElement() !== null) await leaveFullscreen();
    else if (element !== null && !(await enterFullscreen(element))) entered('window');
  }

  /** Escape: the browser's own full screen ends by itself. */
  function leaveWindow(): boolean {
    if (fills.value !== 'window') return false;
    fills.value = 'no';
    return true;
  }

  const names = ['fullscreenchange', 'webkitfullscreenchange'] as const;
  for (const name of names) document.addEventListener(name, look);
  return {
    fills,
    /** Also in the moment before the browser has said so: the next key may come first. */
    isOn(): boolean {
      look();
      return fills.peek() !== 'no';
    },
    toggle,
    leaveWindow,
    end(): void {
      for (const name of names) document.removeEventListener(name, look);
    },
  };
}
