/** What the parts of the queue share: its icons, pictures and the words about an item. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { siteAddress } from '../app/router';
import type { FilmInfo } from '../protocol/library';
import { libraryId } from '../protocol/video-kind';
import '../styles/poster.css';
import type { Queue } from '../queue/queue';
import { titleOfItem } from '../queue/queue-notices';
import type { QueueItem } from '../protocol/queue';
import { clockText } from '../room/format';
import { useApp } from './context';
import { Drawing } from './icons';

const PATHS = {
  grip: 'M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1',
  vote: 'M12 19V6M6.5 11.5 12 6l5.5 5.5',
  shuffle: 'M4 7h3.5l9 10H20M4 17h3.5l2.6-2.9M13.9 9.9 16.5 7H20M17.5 4.5 20 7l-2.5 2.5M17.5 14.5 20 17l-2.5 2.5',
  repeat: 'M4.5 11V9.5a3 3 0 0 1 3-3h12M16.5 3.5l3 3-3 3M19.5 13v1.5a3 3 0 0 1-3 3h-12M7.5 20.5l-3-3 3-3',
  next: 'M6 5.5v13L15.5 12zM18.5 5.5v13',
  previous: 'M18 5.5v13L8.5 12zM5.5 5.5v13',
  clear: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 10.5v5.5M13.5 10.5v5.5',
} as const;

export type QueueIconName = keyof typeof PATHS;

export function QueueIcon({ name, filled = false }: { name: QueueIconName; filled?: boolean }) {
  return <Drawing path={PATHS[name]} filled={filled} />;
}

export function QueueIconButton(props: { icon: QueueIconName; label: string; onClick: () => void; disabled?: boolean }) {
  const off = props.disabled === true;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={off}
      onClick={() => !off && props.onClick()}
    >
      <QueueIcon name={props.icon} />
    </button>
  );
}

/** Returns the queue. Its components are drawn after its code has loaded. */
export function useQueue(): Queue {
  const queue = useApp().queue.loaded.value;
  if (queue === null) throw new Error('The queue has not been loaded');
  return queue;
}

export interface PosterBoxProps {
  title: string;
  poster: string | null;
  /** Seconds; 0 while unknown. */
  duration: number;
  large?: boolean;
}

/** The picture of a film with its length, or a tile with the first letter of its title. */
export function PosterBox({ title, poster, duration, large = false }: PosterBoxProps) {
  const failed = useSignal<string | null>(null);
  return (
    <span class="poster" data-large={large} aria-hidden="true">
      {poster !== null && failed.value !== poster ? (
        <img
          src={poster}
          alt=""
          width={large ? 128 : 72}
          height={large ? 72 : 41}
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={() => (failed.value = poster)}
        />
      ) : (
        <span class="poster-letter" data-aside={duration > 0}>
          {[...title][0]?.toLocaleUpperCase()}
        </span>
      )}
      {duration > 0 && <span class="poster-time">{clockText(duration)}</span>}
    </span>
  );
}

/** The picture of an item of the queue. */
export function Poster({ item, large = false }: { item: QueueItem; large?: boolean }) {
  const known = useFilmInfo(libraryId(item.videoUrl));
  const poster = item.poster ?? (known?.poster ? siteAddress(known.poster) : null);
  return <PosterBox title={titleOfItem(item)} poster={poster} duration={item.duration || (known?.duration ?? 0)} large={large} />;
}

/** Returns what the server knows about a film of its library, and asks for it; undefined while that is nothing. */
function useFilmInfo(id: string | null): FilmInfo | undefined {
  const { library } = useApp();
  const infos = library.loaded.value?.infos;
  const connections = infos?.connections.value;
  useEffect(() => {
    if (id === null) return;
    library.load().then(
      (loaded) => loaded.infos.want([id]),
      () => undefined,
    );
  }, [id, connections]);
  return id === null ? undefined : infos?.known.value.get(id);
}

/** "Ana", "you". */
export function AddedBy({ item }: { item: QueueItem }) {
  const { room } = useApp();
  return item.userId === room.meId.value ? <>you</> : <bdi>{item.userName}</bdi>;
}
