/** Chooses the page from the route and the session state. */
import { route } from '../app/router';
import { Link } from './primitives';
import { useApp } from './context';
import { NoticePage } from './entry-form';
import { CreateRoomPage, JoinRoomPage } from './entry-lazy';
import type { EntryStatePageProps } from './entry-pages';
import { HomePage } from './home-page';
import { lazyComponent } from './lazy';
import { InvitationPage, JoiningPage } from './pages';
import { RoomPage } from './room-page';

const EntryStatePage = lazyComponent<EntryStatePageProps>(
  async () => (await import('./entry-pages')).EntryStatePage,
  () => <JoiningPage />,
);

function NewRoom() {
  return (
    <Link href="/create" class="button button-primary">
      Create a new room
    </Link>
  );
}

function RoomRoute({ roomId }: { roomId: string }) {
  const { sessionState, session, room } = useApp();
  const now = sessionState.value;
  switch (now.phase) {
    case 'joined':
    case 'reconnecting':
      return <RoomPage />;
    case 'joining':
      return room.roomId.value === null ? <JoiningPage /> : <RoomPage />;
    case 'name-needed':
      return <InvitationPage key={now.problem ?? ''} roomId={roomId} problem={now.problem} />;
    case 'password-needed':
    case 'waiting':
    case 'turned-away':
      return <EntryStatePage state={now} />;
    case 'replaced':
      return (
        <NoticePage title="You opened this room in another tab" text="Your seat moved there with you. One seat, one screen.">
          <button type="button" class="button button-primary" onClick={() => session.retry()}>
            Use it here
          </button>
        </NoticePage>
      );
    case 'not-found':
      return (
        <NoticePage title="Room not found" text={`There is no room ${roomId}. Rooms close a while after the last person leaves.`}>
          <NewRoom />
          <Link href="/join" class="button button-outline">
            Try another code
          </Link>
        </NoticePage>
      );
    case 'closed':
      return (
        <NoticePage title="This room has closed" text="The evening is over. Thank you for coming.">
          <NewRoom />
        </NoticePage>
      );
    case 'refused':
      return (
        <NoticePage
          title="The house is full from here"
          text="The server closed the connection. There may be too many rooms open from your network: close another tab, then try again."
        >
          <button type="button" class="button button-primary" onClick={() => session.retry()}>
            Try again
          </button>
        </NoticePage>
      );
    case 'failed':
      return (
        <NoticePage title="That did not work" text={now.problem}>
          <NewRoom />
        </NoticePage>
      );
    case 'idle':
      return <JoiningPage />;
  }
}

export function Root() {
  const here = route.value;
  switch (here.page) {
    case 'home':
      return <HomePage />;
    case 'create':
      return <CreateRoomPage />;
    case 'join':
      return <JoinRoomPage />;
    case 'room':
      return <RoomRoute roomId={here.roomId} />;
    case 'lost':
      return (
        <NoticePage title="Nothing is showing here" text="This address leads nowhere in this house.">
          <Link href="/" class="button button-primary">
            Back to the entrance
          </Link>
        </NoticePage>
      );
  }
}
