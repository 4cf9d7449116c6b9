/** Notice over the film while this viewer's player cannot follow the room. */
import { useApp } from './context';
import { lazyComponent } from './lazy';

const StuckCard = lazyComponent(async () => (await import('./stuck-card')).StuckCard);

export function StuckNotice() {
  const stuck = useApp().playerHost.stuck.value;
  return (
    <div class="film-notice stuck-notice" data-shown={stuck !== null}>
      {/* Always rendered, so that it is announced; without the times, so that it is announced once. */}
      <p class="visually-hidden" role="status">
        {stuck === null ? '' : 'Your film cannot follow the others. '}
      </p>
      {stuck !== null && <StuckCard stuck={stuck} />}
    </div>
  );
}
