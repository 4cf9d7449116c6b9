/** The key that is held to talk: how it is chosen, named and followed. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** A key by its place on the keyboard, and by what is printed on it. */
export interface TalkKey {
  code: string;
  name: string;
}

export const DEFAULT_KEY: TalkKey = { code: 'KeyV', name: 'V' };
const NAME_MAX = 20;

const NAMES: Partial<Record<string, string>> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
/** They lead out of a control, or end the choice of a key. */
const NEVER = new Set(['Tab', 'Escape', 'Enter', 'Unidentified', 'Process', 'F5', 'F11', 'F12']);
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta']);

/** Returns the key of an event, or null for one that cannot be held to talk. */
export function keyOf(event: Pick<KeyboardEvent, 'code' | 'key'>): TalkKey | null {
  const { code, key } = event;
  if (NEVER.has(key) || !isCode(code)) return null;
  const side = MODIFIERS.has(key) ? (/(Left|Right)$/.exec(code)?.[0] ?? '') : '';
  const printed = key === 'Dead' ? code : (NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return { code, name: (side === '' ? printed : `${side} ${printed}`).slice(0, NAME_MAX) };
}

function isCode(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Za-z0-9]{1,20}$/.test(code);
}

/** Reads a stored key; anything else is the default. */
export function readTalkKey(kept: unknown): TalkKey {
  if (typeof kept !== 'object' || kept === null) return DEFAULT_KEY;
  const { code, name } = kept as { code?: unknown; name?: unknown };
  return isCode(code) && typeof name === 'string' && name !== '' && name.length <= NAME_MAX ? { code, name } : DEFAULT_KEY;
}

/** Fields that are typed into. */
const TYPING =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';
/** Controls that keys other than letters operate. */
const OPERATED = 'input, button, a, summary, [role=slider], [role=tab], [role=option], [role=menuitem], [role=switch]';

/** Returns whether the focused control uses the key itself. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(TYPING) !== null) return true;
  return (event.key === ' ' || event.key.startsWith('Arrow')) && target.closest(OPERATED) !== null;
}

function isModified(event: KeyboardEvent): boolean {
  return !MODIFIERS.has(event.key) && (event.ctrlKey || event.metaKey || event.altKey);
}

/**
 * Follows whether the key is held. The key is then no shortcut of the player: the event is prevented before it gets there.
 *
 * @param key returns the key, or null while no key talks
 */
export function followTalkKey(page: Window, key: () => TalkKey | null): ReadonlySignal<boolean> {
  const holding = signal(false);
  let held: string | null = null;
  page.addEventListener(
    'keydown',
    (event) => {
      if (key()?.code !== event.code || event.isComposing || isModified(event) || (held === null && isTaken(event))) return;
      event.preventDefault();
      held = event.code;
      holding.value = true;
    },
    true,
  );
  const release = () => {
    held = null;
    holding.value = false;
  };
  page.addEventListener('keyup', (event) => event.code === held && release(), true);
  page.addEventListener('blur', release);
  return holding;
}
