/** The button "Subtitles and audio" in the control bar, and the menu that it opens. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useApp } from './context';
import { Icon } from './icons';
import { usePopover } from './popover';
import { Dialog } from './primitives';
import { SubtitlesMenu } from './subtitles-menu';
import { isNarrow } from './viewport';

const TITLE = 'Subtitles and audio';

export function SubtitlesButton() {
  const subtitles = useApp().subtitles.value;
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const place = usePopover(open.value, button);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="icon-button bar-subtitles"
        aria-haspopup="dialog"
        aria-expanded={open.value}
        aria-label={TITLE}
        aria-keyshortcuts="c"
        title={TITLE}
        data-on={subtitles !== null && subtitles.chosen.value !== null}
        onClick={() => (open.value = true)}
      >
        <Icon name="captions" />
      </button>
      <Dialog
        open={open.value && subtitles !== null}
        onClose={() => (open.value = false)}
        title={TITLE}
        class={`subtitles-dialog ${isNarrow.value ? 'sheet' : 'popover'}`}
        style={place}
      >
        {subtitles !== null && <SubtitlesMenu subtitles={subtitles} />}
      </Dialog>
    </>
  );
}
