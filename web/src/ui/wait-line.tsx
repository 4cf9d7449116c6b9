/** Over the film, while the room waits: for whom, for how long, and for hosts how not to. */
import { waitingText, whoIsLate } from '../room/waiting';
import { useApp } from './context';

export function WaitLine() {
  const { room, remote, step } = useApp();
  const wait = remote.wait.value;
  const timeline = room.timeline.value;
  const late =
    wait === null || timeline === null
      ? null
      : whoIsLate(timeline, {
          users: room.users.value,
          sync: room.sync.value,
          meId: room.meId.value,
          myState: step.state.value,
        });
  const text = late === null ? '' : waitingText(late);
  const left = wait?.secondsLeft ?? null;
  return (
    <div class="wait" data-shown={late !== null}>
      {/* Always there, so that it is announced, and without the seconds, so that it is announced once. */}
      <p class="visually-hidden" role="status">
        {late === null ? '' : `${text}. It goes on by itself.`}
      </p>
      {late !== null && (
        <div class="wait-card">
          <p aria-hidden="true">
            {text}
            <span class="wait-left"> · goes on by itself{left === null ? '' : left === 0 ? ' now' : ` in ${left} s`}</span>
          </p>
          {room.isHost.value && (
            <button type="button" class="button button-lamp button-small" onClick={() => void remote.goOn()}>
              {late.length > 0 && late.every((one) => one.me) ? 'Go on without me' : 'Go on without them'}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
