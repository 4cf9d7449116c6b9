/** The keyboard. Never while somebody types, never with a modifier, never over an open dialog. */
import type { App } from './app';

export interface ShortcutActions {
  focusChat(): void;
  showHelp(): void;
  toggleFullscreen(): void;
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

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type=range]), textarea, select, [contenteditable]') !== null;
}

/** Space and Enter belong to a focused button or link, arrows to a focused slider or tab. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === ' ') return target.closest('button, a, summary') !== null;
  return key.startsWith('Arrow') && target.closest('input[type=range], [role=tablist], [role=log]') !== null;
}

export function handleShortcut(event: KeyboardEvent, app: App, actions: ShortcutActions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || ownsKey(event.target, event.key)) return;
  if (document.querySelector('dialog[open]') !== null) return;
  const { remote, theatre } = app;
  const table: Record<string, () => void> = {
    ' ': () => remote.toggle(),
    k: () => remote.toggle(),
    arrowleft: () => void remote.skip(-5),
    arrowright: () => void remote.skip(5),
    j: () => void remote.skip(-10),
    l: () => void remote.skip(10),
    m: () => theatre.setVolume(theatre.volume.value, !theatre.muted.value),
    c: () => theatre.toggleCaptions(),
    f: () => actions.toggleFullscreen(),
    '/': () => actions.focusChat(),
    '?': () => actions.showHelp(),
  };
  const run = table[event.key.toLowerCase()];
  if (run === undefined || (event.repeat && !event.key.startsWith('Arrow'))) return;
  event.preventDefault();
  run();
}
