/** The layout of the pages outside a room, and their form. */
import type { ComponentChildren } from 'preact';
import { NAME_UNITS_MAX } from '../protocol/names';
import { useApp } from './context';
import { Icon, type IconName } from './icons';
import { Link, Wordmark } from './primitives';

/** The form of the entry pages: fields on the large part, the button at the side. */
export function EntryForm(props: {
  title: string;
  intro: ComponentChildren;
  action: string;
  busy: boolean;
  /** Whether submitting has to wait. */
  blocked?: boolean;
  onSubmit: () => void;
  children: ComponentChildren;
}) {
  return (
    <form
      class="entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy && props.blocked !== true) props.onSubmit();
      }}
    >
      <div class="entry-form-main">
        <h1>{props.title}</h1>
        <p class="entry-form-intro">{props.intro}</p>
        {props.children}
      </div>
      <div class="entry-form-side">
        <span class="entry-form-print" aria-hidden="true">
          Admit one
        </span>
        <button type="submit" class="button button-primary" aria-disabled={props.busy || props.blocked === true}>
          {props.busy ? 'One moment…' : props.action}
        </button>
      </div>
    </form>
  );
}

export function EntryLayout(props: { children: ComponentChildren; other?: ComponentChildren }) {
  return (
    <div class="page entry">
      <header class="home-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill, start page">
          <Wordmark />
        </Link>
      </header>
      <main id="main" class="entry-main">
        {props.children}
        {props.other}
      </main>
    </div>
  );
}

const NO_ANSWER = 'No answer from the server yet. Trying again…';

/** Returns what prevents or delays joining, apart from invalid input. */
export function useEntryProblem(): string | null {
  const { sessionState, connectionState } = useApp();
  const now = sessionState.value;
  if (now.phase === 'failed') return now.problem;
  if (now.phase === 'refused') return 'The server closed the connection. Too many rooms may be open from your network.';
  if (now.phase !== 'joining') return null;
  return connectionState.value === 'lost' ? NO_ANSWER : (now.problem ?? null);
}

export const NAME_INPUT = {
  name: 'name',
  autocomplete: 'nickname',
  maxLength: NAME_UNITS_MAX,
  autocapitalize: 'words',
  spellcheck: false,
};

export function NoticePage(props: { title: string; text: string; icon?: IconName; children?: ComponentChildren }) {
  return (
    <div class="page notice">
      <header class="home-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill, start page">
          <Wordmark />
        </Link>
      </header>
      <main id="main" class="notice-main">
        <div class="notice-icon" aria-hidden="true">
          <Icon name={props.icon ?? 'film'} />
        </div>
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        <div class="notice-buttons">{props.children}</div>
      </main>
    </div>
  );
}
