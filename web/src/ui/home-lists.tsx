/** The start page's lists: the rooms of this browser, and the directory. */
import { useEffect, useMemo } from 'preact/hooks';
import { createDirectory } from '../app/directory';
import type { ListedRoom } from '../protocol/room-access';
import { titleOfLink } from '../protocol/video-kind';
import '../styles/home-lists.css';
import { useApp } from './context';
import { Icon, type IconName } from './icons';
import { IconButton, Link } from './primitives';

export function HomeLists() {
  return (
    <div class="home-lists">
      <RecentRooms />
      <DirectoryList />
    </div>
  );
}

/** The rooms of this browser, which may be gone by now. */
function RecentRooms() {
  const { recentRooms } = useApp();
  const rooms = recentRooms.rooms.value;
  if (rooms.length === 0) return null;
  return (
    <section class="home-list" aria-labelledby="recent-rooms">
      <header class="home-list-head">
        <h2 id="recent-rooms">Your last rooms</h2>
        <button type="button" class="text-button" onClick={() => recentRooms.forgetAll()}>
          Forget all
        </button>
      </header>
      <ul>
        {rooms.map(({ roomId, title }) => (
          <li key={roomId} class="home-room">
            <Link href={`/room/${roomId}`} class="home-room-link">
              <span class="home-room-code">{roomId}</span>
              <span class="home-room-text">
                <b>{title ?? 'A room without a title'}</b>
              </span>
            </Link>
            <IconButton icon="close" label={`Forget the room ${title ?? roomId}`} onClick={() => recentRooms.forget(roomId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const ENTRY_ICONS: Partial<Record<ListedRoom['entry'], [IconName, string]>> = {
  password: ['lock', 'with a password'],
  approval: ['door', 'a host lets you in'],
  closed: ['close', 'closed to new people'],
};

/** The listed rooms of the server; nothing when there are none. */
function DirectoryList() {
  const directory = useMemo(() => createDirectory(), []);
  useEffect(() => void directory.refresh(), [directory]);
  const rooms = directory.rooms.value;
  if (rooms.length === 0) return null;
  return (
    <section class="home-list" aria-labelledby="open-rooms">
      <header class="home-list-head">
        <h2 id="open-rooms">Showing now</h2>
      </header>
      <ul>
        {rooms.map((room) => (
          <li key={room.roomId} class="home-room">
            <Link href={`/room/${room.roomId}`} class="home-room-link">
              <span class="home-room-code">{room.roomId}</span>
              <span class="home-room-text">
                <b>{room.title ?? 'A room without a title'}</b>
                <small>{filmText(room)}</small>
              </span>
              <EntryMark entry={room.entry} />
              <span class="home-room-count">
                <Icon name="people" />
                {room.members}
                <span class="visually-hidden"> inside</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {directory.next.value !== null && (
        <button type="button" class="button button-outline" onClick={() => void directory.loadMore()}>
          Show more rooms
        </button>
      )}
    </section>
  );
}

function EntryMark({ entry }: { entry: ListedRoom['entry'] }) {
  const mark = ENTRY_ICONS[entry];
  if (mark === undefined) return null;
  const [icon, words] = mark;
  return (
    <span class="home-room-mark" title={words}>
      <Icon name={icon} />
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

function filmText({ film, playing }: ListedRoom): string {
  if (film === null) return 'no film yet';
  return `${titleOfLink(film.videoUrl)}${playing ? '' : ', paused'}`;
}
