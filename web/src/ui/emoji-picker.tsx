/** The picker of emoji-picker-element, with its data from this server (decision 37). */
import Picker from 'emoji-picker-element/picker.js';
import emojiData from 'emoji-picker-element-data/en/cldr/data.json?url';
import { useEffect, useRef } from 'preact/hooks';
import type { EmojiPickerProps } from './emoji-lazy';

export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const place = useRef<HTMLDivElement>(null);
  const picked = useRef(onPick);
  picked.current = onPick;

  useEffect(() => {
    const picker = new Picker({ dataSource: emojiData, locale: 'en' });
    picker.className = 'dark';
    picker.addEventListener('emoji-click', ({ detail }) => {
      if (detail.unicode !== undefined) picked.current(detail.unicode);
    });
    place.current?.append(picker);
    // Its field is there after its first drawing; the keyboard of a phone would cover the emoji.
    if (!matchMedia('(pointer: coarse)').matches)
      requestAnimationFrame(() => picker.shadowRoot?.querySelector<HTMLElement>('input')?.focus());
    return () => picker.remove();
  }, []);
  return <div class="emoji-place" ref={place} />;
}
