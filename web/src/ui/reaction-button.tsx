/** The button "React" in the control bar, and the six emoji that it offers. */
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from './context';
import { useEscapeLock } from './escape-lock';
import { Drawing } from './icons';
import { SMILE_PATH } from './message-toolbar';

const EMOJI = [
  ['😂', 'Laughing'],
  ['❤️', 'Heart'],
  ['😮', 'Surprised'],
  ['😢', 'Sad'],
  ['👏', 'Applause'],
  ['🔥', 'Fire'],
] as const;

export interface ReactionButtonProps {
  open: boolean;
  onOpen: (on: boolean) => void;
}

export function ReactionButton({ open, onOpen }: ReactionButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLDivElement>(null);
  useEscapeLock(open);

  useEffect(() => {
    if (!open) return undefined;
    picker.current?.querySelector('button')?.focus();
    const outside = (event: PointerEvent) => {
      const target = event.target as Node;
      if (picker.current?.contains(target) !== true && button.current?.contains(target) !== true) onOpen(false);
    };
    window.addEventListener('pointerdown', outside);
    return () => window.removeEventListener('pointerdown', outside);
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class="icon-button bar-react"
        aria-label="React to the film"
        aria-keyshortcuts="r"
        aria-expanded={open}
        title="React to the film"
        onClick={() => onOpen(!open)}
      >
        <Drawing path={SMILE_PATH} />
      </button>
      {open && (
        <div
          class="reaction-picker"
          role="group"
          aria-label="Reactions to the film"
          ref={picker}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              button.current?.focus();
              onOpen(false);
            } else if (!moveFocus(event)) return;
            event.preventDefault();
          }}
        >
          <Choices />
        </div>
      )}
    </>
  );
}

function Choices() {
  const { overFilm } = useApp();
  const setting = overFilm.loaded.value?.settings.reactions;
  const send = async (emoji: string) => {
    const { reactions } = await overFilm.load();
    await reactions.send(emoji);
  };
  return (
    <>
      {EMOJI.map(([emoji, name]) => (
        <button
          key={emoji}
          type="button"
          class="reaction-choice"
          aria-label={name}
          title={name}
          // Without its code nothing is sent; the next press loads it again.
          onClick={() => void send(emoji).catch(() => undefined)}
        >
          <span aria-hidden="true">{emoji}</span>
        </button>
      ))}
      {setting !== undefined && (
        <button
          type="button"
          class="text-button reaction-off"
          aria-label={setting.on.value ? 'Hide reactions' : 'Show reactions'}
          onClick={() => setting.set(!setting.on.value)}
        >
          {setting.on.value ? 'Hide' : 'Show'}
        </button>
      )}
    </>
  );
}

/** Moves the focus with the arrow keys; returns whether the key was one. */
function moveFocus({ key, currentTarget }: KeyboardEvent): boolean {
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (step === 0 || !(currentTarget instanceof Element)) return false;
  const buttons = [...currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
  return true;
}
