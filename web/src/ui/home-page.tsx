/** The start page: create or join a room, the rooms of this browser, and the directory. */
import { useEffect } from 'preact/hooks';
import { CreateRoomPage, JoinRoomPage } from './entry-lazy';
import { lazyComponent } from './lazy';
import { Link, Wordmark } from './primitives';

const HomeLists = lazyComponent(async () => (await import('./home-lists')).HomeLists);

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
  useEffect(() => {
    CreateRoomPage.preload();
    JoinRoomPage.preload();
  }, []);
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
      <HomeLists />
      <p class="home-foot">No account. Nothing to install. The room is gone when you are.</p>
    </main>
  );
}
