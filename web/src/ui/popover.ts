/** Places a dialog above the button that opens it. */
import { useSignal } from '@preact/signals';
import { type RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const WIDTH_PX = 384;
/** Minimum space above the bar for the dialog; with less it covers the bar. */
const ROOM_PX = 440;
const EDGE_PX = 8;

/** Returns the corner from which the dialog opens: above the button where it fits. */
function popoverPosition(button: HTMLElement): Record<string, string> {
  const box = button.getBoundingClientRect();
  const left = Math.max(EDGE_PX, Math.min(box.left, window.innerWidth - WIDTH_PX - EDGE_PX));
  const above = window.innerHeight - box.top + EDGE_PX;
  return { '--left': `${left}px`, '--bottom': `${box.top > ROOM_PX ? above : EDGE_PX}px` };
}

/** Returns the style that places the dialog while it is open. */
export function usePopover(open: boolean, button: RefObject<HTMLElement | null>): Record<string, string> {
  const place = useSignal<Record<string, string>>({});
  useLayoutEffect(() => {
    if (!open) return undefined;
    const put = () => {
      if (button.current !== null) place.value = popoverPosition(button.current);
    };
    put();
    window.addEventListener('resize', put);
    return () => window.removeEventListener('resize', put);
  }, [open]);
  return place.value;
}
