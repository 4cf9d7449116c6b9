/** Notice over the film while the room waits: for whom, for how long, and a host's button to skip it. */
import { waitingText, lateMembers } from '../room/late-members';
import { useApp } from './context';

export function BarrierNotice() {
  const { room, controls, syncStatus } = useApp();
  const wait = controls.barrier.value;
  const timeline = room.timeline.value;
  const late =
    wait === null || timeline === null
      ? null
      : lateMembers(timeline, {
          users: room.users.value,
          sync: room.sync.value,
          meId: room.meId.value,
          myState: syncStatus.state.value,
        });
  const text = late === null ? '' : waitingText(late);
  const left = wait?.secondsLeft ?? null;
  return (
    <div class="film-notice" data-shown={late !== null}>
      {/* Always rendered, so that it is announced; without the seconds, so that it is announced once. */}
      <p class="visually-hidden" role="status">
        {late === null ? '' : `${text}. It goes on by itself.`}
      </p>
      {late !== null && (
        <div class="film-notice-card">
          <p aria-hidden="true">
            {text}
            <span class="film-notice-detail">
              {' '}
              · goes on by itself{left === null ? '' : left === 0 ? ' now' : ` in ${left} s`}
            </span>
          </p>
          {room.mayControl.value && (
            <button type="button" class="button button-primary button-small" onClick={() => void controls.skipBarrier()}>
              {late.length > 0 && late.every((one) => one.me) ? 'Go on without me' : 'Go on without them'}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
