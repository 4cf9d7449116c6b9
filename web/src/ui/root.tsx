/** Which screen is on: the address and the session decide. */
import { route } from '../app/router';
import { Link } from './bits';
import { useApp } from './context';
import { Create, Door, Entering, Home, Join, Notice } from './pages';
import { RoomPage } from './room-page';

function NewRoom() {
  return (
    <Link href="/create" class="button button-lamp">
      Create a new room
    </Link>
  );
}

function RoomRoute({ roomId }: { roomId: string }) {
  const { stage, session, room } = useApp();
  const now = stage.value;
  switch (now.at) {
    case 'inside':
    case 'returning':
      return <RoomPage />;
    case 'entering':
      return room.roomId.value === null ? <Entering /> : <RoomPage />;
    case 'door':
      return <Door key={now.problem ?? ''} roomId={roomId} problem={now.problem} />;
    case 'replaced':
      return (
        <Notice title="You opened this room in another tab" text="Your seat moved there with you. One seat, one screen.">
          <button type="button" class="button button-lamp" onClick={() => session.again()}>
            Use it here
          </button>
        </Notice>
      );
    case 'missing':
      return (
        <Notice title="Room not found" text={`There is no room ${roomId}. Rooms close a while after the last person leaves.`}>
          <NewRoom />
          <Link href="/join" class="button button-line">
            Try another code
          </Link>
        </Notice>
      );
    case 'closed':
      return (
        <Notice title="This room has closed" text="The evening is over. Thank you for coming.">
          <NewRoom />
        </Notice>
      );
    case 'refused':
      return (
        <Notice
          title="The house is full from here"
          text="The server closed the connection. There may be too many rooms open from your network: close another tab, then try again."
        >
          <button type="button" class="button button-lamp" onClick={() => session.again()}>
            Try again
          </button>
        </Notice>
      );
    case 'failed':
      return (
        <Notice title="That did not work" text={now.problem}>
          <NewRoom />
        </Notice>
      );
    case 'outside':
      return <Entering />;
  }
}

export function Root() {
  const here = route.value;
  switch (here.page) {
    case 'home':
      return <Home />;
    case 'create':
      return <Create />;
    case 'join':
      return <Join />;
    case 'room':
      return <RoomRoute roomId={here.roomId} />;
    case 'lost':
      return (
        <Notice title="Nothing is showing here" text="This address leads nowhere in this house.">
          <Link href="/" class="button button-lamp">
            Back to the entrance
          </Link>
        </Notice>
      );
  }
}
