/** The card over the curtain while no film is set. Loaded when it is shown. */
import { listNames } from '../room/format';
import '../styles/no-film.css';
import { useApp } from './context';
import { FilmForm } from './film-form';
import { InviteCard } from './invite-card';

export function NoFilmCard() {
  const { room } = useApp();
  if (room.isHost.value) {
    return (
      <div class="no-film">
        <div class="no-film-card">
          <h2>What are we watching?</h2>
          <FilmForm />
          <p class="no-film-invite">Meanwhile, let them in:</p>
          <InviteCard />
        </div>
      </div>
    );
  }
  const names = room.hosts.value.map((host) => host.name);
  return (
    <div class="no-film">
      <div class="no-film-card no-film-guest">
        <h2>{names.length === 0 ? 'Waiting for a host' : `Waiting for ${listNames(names)} to choose a film`}</h2>
        <p>The curtain opens by itself. Say hello in the meantime.</p>
      </div>
    </div>
  );
}
