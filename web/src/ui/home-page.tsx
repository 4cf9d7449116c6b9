/** The start page: create or join a room, the rooms of this browser, and the directory. */
import { useEffect } from 'preact/hooks';
import type { ListedRoom } from '../protocol/room-access';
import { titleOfLink } from '../protocol/video-kind';
import { useApp } from './context';
import { Icon, type IconName } from './icons';
import { IconButton, Link, Wordmark } from './primitives';

const TITLE_LINES = ['One film', 'Many sofas', 'Same frame'];

/** The home page's title, letter by letter, styled as a cinema's letter board. */
function TitleBoard() {
  return (
    <div class="title-board">
      <div class="title-bulbs" aria-hidden="true" />
      <h1 class="title-text" aria-label={`${TITLE_LINES.join('. ')}.`}>
        {TITLE_LINES.map((line) => (
          <span class="title-line" aria-hidden="true" key={line}>
            {line.split(' ').map((word) => (
              <span class="title-word" key={word}>
                {[...word].map((letter, index) => (
                  <b key={index}>{letter}</b>
                ))}
              </span>
            ))}
          </span>
        ))}
      </h1>
      <div class="title-bulbs" aria-hidden="true" />
    </div>
  );
}

export function HomePage() {
  return (
    <main id="main" class="page home">
      <header class="home-head">
        <Wordmark />
      </header>
      <TitleBoard />
      <p class="home-lead">
        Watch together from wherever you are. Make a room, send the link, press play: everybody sees the same picture at the same
        moment.
      </p>
      <div class="home-buttons">
        <Link href="/create" class="button button-primary button-large">
          Create a room
        </Link>
        <Link href="/join" class="button button-outline button-large">
          Join with a code or link
        </Link>
      </div>
      <div class="home-lists">
        <RecentRooms />
        <DirectoryList />
      </div>
      <p class="home-foot">No account. Nothing to install. The room is gone when you are.</p>
    </main>
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
  const { directory } = useApp();
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
