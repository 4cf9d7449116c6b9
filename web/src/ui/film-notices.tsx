/** The notices over the film about players that wait or cannot follow. Loaded after the room has been entered. */
import '../styles/film-notice.css';
import { BarrierNotice } from './barrier-notice';
import { StuckNotice } from './stuck-notice';

export function FilmNotices() {
  return (
    <>
      <BarrierNotice />
      <StuckNotice />
    </>
  );
}
