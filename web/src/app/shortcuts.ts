/**
 * The keyboard. Never while somebody types or composes characters, never with a modifier, never over an open dialog. What moves
 * everybody's film acts only where the person looks at the film: not from a slider, the chat or the list of people.
 */
import type { App } from './app';

export interface ShortcutActions {
  focusChat(): void;
  showHelp(): void;
  toggleFullscreen(): void;
  /** Leaves a picture that fills the window; false when there is none. */
  leave(): boolean;
}

export const SHORTCUTS: { keys: string[]; does: string; host?: boolean }[] = [
  { keys: ['Space', 'K'], does: 'Play or pause', host: true },
  { keys: ['←', '→'], does: 'Back or ahead 5 seconds', host: true },
  { keys: ['J', 'L'], does: 'Back or ahead 10 seconds', host: true },
  { keys: ['M'], does: 'Mute for yourself' },
  { keys: ['C'], does: 'Captions' },
  { keys: ['F'], does: 'Full screen' },
  { keys: ['/'], does: 'Write in the chat' },
  { keys: ['?'], does: 'This list' },
];

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=slider], [role=textbox]';
/** Where keys scroll, choose or read, and the film is not what is looked at. */
const ASIDE = 'aside, [role=log], [role=tablist], [role=listbox], [role=menu]';
const IME_KEY = 229;

/** Space and Enter belong to a focused button or link. */
function ownsKey(target: Element, key: string): boolean {
  return key === ' ' && target.closest('button, a, summary') !== null;
}

/** Shift makes the two signs on some keyboards; with a letter, an arrow or Space it means something else. */
function isModified(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
  return ctrlKey || metaKey || altKey || (shiftKey && key !== '?' && key !== '/');
}

export function handleShortcut(event: KeyboardEvent, app: App, actions: ShortcutActions): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === IME_KEY || isModified(event)) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(FIELDS) !== null || ownsKey(target, event.key)) return;
  if (document.querySelector('dialog[open]') !== null) return;
  const { remote, theatre } = app;
  const everybodys: Record<string, () => void> = {
    ' ': () => remote.toggle(),
    k: () => remote.toggle(),
    arrowleft: () => void remote.skip(-5),
    arrowright: () => void remote.skip(5),
    j: () => void remote.skip(-10),
    l: () => void remote.skip(10),
  };
  const own: Record<string, () => void> = {
    m: () => theatre.setVolume(theatre.volume.value, !theatre.muted.value),
    c: () => theatre.toggleCaptions(),
    f: () => actions.toggleFullscreen(),
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
