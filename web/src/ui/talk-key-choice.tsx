/** The choice of the key that is held to talk: the next key that is pressed. */
import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect } from 'preact/hooks';
import type { Voice } from '../voice/voice';
import { keyOf } from '../voice/talk-key';
import { usesKey } from './shortcut-list';

export function TalkKeyChoice({ voice }: { voice: Voice }) {
  const id = useId();
  const waiting = useSignal(false);
  const { talkKey } = voice.settings.value;
  // Before the next key, which is the one that is taken.
  useLayoutEffect(() => {
    if (!waiting.value) return;
    const onKey = (event: KeyboardEvent) => {
      // Before the dialog, which Escape would close, and before the present key talks.
      event.preventDefault();
      event.stopImmediatePropagation();
      const key = keyOf(event);
      if (key === null && event.key !== 'Escape' && event.key !== 'Tab') return;
      if (key !== null) void voice.choose({ talkKey: key });
      waiting.value = false;
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [waiting.value]);
  return (
    <div class="voice-key">
      <span id={id}>Key</span>
      <button
        type="button"
        class="button button-outline button-small"
        aria-describedby={`${id}-hint`}
        onClick={() => (waiting.value = true)}
        onBlur={() => (waiting.value = false)}
      >
        {waiting.value ? (
          'Press a key…'
        ) : (
          <>
            <kbd>{talkKey.name}</kbd> Change<span class="visually-hidden"> the key</span>
          </>
        )}
      </button>
      <p id={`${id}-hint`} class="voice-hint" role="status">
        {waiting.value
          ? 'Press the key to hold. Escape keeps the present one.'
          : usesKey(talkKey.name)
            ? `${talkKey.name} only talks while push to talk is on. It does not control the film.`
            : ''}
      </p>
    </div>
  );
}
