/**
 * Keyboard shortcuts. Inactive while typing or composing characters, with a modifier, and over an open dialog. Keys
 * that control everybody's film also need the focus outside sliders, the chat and the list of members.
 */
import type { App } from './app';

export interface ShortcutActions {
  focusChat(): void;
  showHelp(): void;
  toggleFullscreen(): void;
  /** Opens or closes the reactions to the film. */
  react(): void;
  /** Leaves window mode; returns false when it is off. */
  leave(): boolean;
}

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=slider], [role=textbox]';
/** Regions in which keys scroll, choose or read. */
const ASIDE = 'aside, [role=log], [role=tablist], [role=listbox], [role=menu]';
const IME_KEY = 229;

/** Returns whether a focused button or link uses the key itself. */
function ownsKey(target: Element, key: string): boolean {
  return key === ' ' && target.closest('button, a, summary') !== null;
}

/** Returns whether a modifier changes the key's meaning. Shift is needed for `?` and `/` on some keyboards. */
function isModified(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
  return ctrlKey || metaKey || altKey || (shiftKey && key !== '?' && key !== '/');
}

export function handleShortcut(event: KeyboardEvent, app: App, actions: ShortcutActions): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === IME_KEY || isModified(event)) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(FIELDS) !== null || ownsKey(target, event.key)) return;
  if (document.querySelector('dialog[open]') !== null) return;
  const { controls, playerHost } = app;
  const subtitles = app.subtitles.value;
  const everybodys: Record<string, () => void> = {
    ' ': () => controls.toggle(),
    k: () => controls.toggle(),
    arrowleft: () => void controls.skip(-5),
    arrowright: () => void controls.skip(5),
    j: () => void controls.skip(-10),
    l: () => void controls.skip(10),
    u: () => void controls.undoJump(),
  };
  const own: Record<string, () => void> = {
    m: () => playerHost.setVolume(playerHost.volume.value, !playerHost.muted.value),
    c: () => subtitles?.toggle(),
    g: () => subtitles?.shiftDelay(-0.1),
    h: () => subtitles?.shiftDelay(0.1),
    f: () => actions.toggleFullscreen(),
    r: () => actions.react(),
    '/': () => actions.focusChat(),
    '?': () => actions.showHelp(),
  };
  const key = event.key.toLowerCase();
  if (key === 'escape' && actions.leave()) return;
  const run = own[key] ?? (target.closest(ASIDE) === null ? everybodys[key] : undefined);
  if (run === undefined || (event.repeat && !event.key.startsWith('Arrow'))) return;
  event.preventDefault();
  run();
}
