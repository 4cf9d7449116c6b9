/** Browser features, detected by trying them. */

let settable: boolean | null = null;

/**
 * Returns whether a page can set the volume. An iPhone reads back 1, in some versions only a moment later. Ducking and
 * a volume slider have no effect there.
 */
export function volumeCanBeSet(): boolean {
  if (settable !== null) return settable;
  const probe = document.createElement('video');
  const took = () => Math.abs(probe.volume - 0.5) < 0.01;
  probe.volume = 0.5;
  settable = took();
  setTimeout(() => (settable = took()), 50);
  return settable;
}

interface PrefixedElement {
  webkitRequestFullscreen?: () => unknown;
}
interface PrefixedDocument {
  webkitFullscreenElement?: Element | null;
  webkitExitFullscreen?: () => unknown;
}

/** Returns the full-screen element, with the prefixed API as fallback. */
export function fullscreenElement(): Element | null {
  return document.fullscreenElement ?? (document as PrefixedDocument).webkitFullscreenElement ?? null;
}

/** Enters full screen; returns false where the browser cannot or refuses to. */
export async function enterFullscreen(element: HTMLElement): Promise<boolean> {
  const prefixed = element as PrefixedElement;
  try {
    if (typeof element.requestFullscreen === 'function') await element.requestFullscreen();
    else if (typeof prefixed.webkitRequestFullscreen === 'function') await prefixed.webkitRequestFullscreen();
    else return false;
    return true;
  } catch {
    return false;
  }
}

export async function leaveFullscreen(): Promise<void> {
  const prefixed = document as PrefixedDocument;
  try {
    if (typeof document.exitFullscreen === 'function') await document.exitFullscreen();
    else await prefixed.webkitExitFullscreen?.();
  } catch {
    // already left
  }
}
