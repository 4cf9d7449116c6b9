/** Notice over a film whose picture or sound this browser does not play. */
import { useSignal } from '@preact/signals';
import type { MissingPart } from '../app/player-host';
import '../styles/film-notice.css';

const TEXTS: Record<MissingPart, { title: string; hint: string }> = {
  picture: {
    title: 'This browser shows no picture for this film.',
    hint: 'If it has one, its format is the reason. An .mp4 with H.264 video plays nearly everywhere.',
  },
  sound: {
    title: 'This browser plays no sound for this film.',
    hint: 'If it has sound, its format is the reason. AAC sound plays nearly everywhere.',
  },
};

export function MissingPartNotice({ part }: { part: MissingPart }) {
  const read = useSignal(false);
  if (read.value) return null;
  const { title, hint } = TEXTS[part];
  return (
    <div class="film-notice">
      <div class="film-notice-card" role="status">
        <p>
          {title} <span class="film-notice-detail">{hint}</span>
        </p>
        <button type="button" class="button button-outline button-small" onClick={() => (read.value = true)}>
          OK
        </button>
      </div>
    </div>
  );
}
