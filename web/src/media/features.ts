/** What this browser can do, found out by trying it. */

let settable: boolean | null = null;

/**
 * Whether a page can set the volume of a film. On an iPhone it reads back as 1, in some versions only a moment later; there the
 * sound cannot be turned down for a correction, and a slider would do nothing.
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

/** The element that fills the screen, in either spelling. */
export function fullscreenElement(): Element | null {
  return document.fullscreenElement ?? (document as PrefixedDocument).webkitFullscreenElement ?? null;
}

/** Fills the screen with an element; false where the browser cannot, or will not. */
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
    // it was over already
  }
}
