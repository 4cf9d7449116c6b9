/** The pages outside a room: home, create, join, invitation, joining, notices. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { route, visit } from '../app/router';
import { NAME_UNITS_MAX } from '../protocol/names';
import { checkName, checkRoomCode } from '../protocol/rules';
import { useApp } from './context';
import { Field, Link, Wordmark } from './primitives';
import { Icon } from './icons';

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
      <p class="home-foot">No account. Nothing to install. The room is gone when you are.</p>
    </main>
  );
}

/** The form of the entry pages: fields on the large part, the button at the side. */
function EntryForm(props: {
  title: string;
  intro: ComponentChildren;
  action: string;
  busy: boolean;
  onSubmit: () => void;
  children: ComponentChildren;
}) {
  return (
    <form
      class="entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy) props.onSubmit();
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
        <button type="submit" class="button button-primary" aria-disabled={props.busy}>
          {props.busy ? 'One moment…' : props.action}
        </button>
      </div>
    </form>
  );
}

function EntryLayout(props: { children: ComponentChildren; other?: ComponentChildren }) {
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
function useEntryProblem(): string | null {
  const { sessionState, connectionState } = useApp();
  const now = sessionState.value;
  if (now.phase === 'failed') return now.problem;
  if (now.phase === 'refused') return 'The server closed the connection. Too many rooms may be open from your network.';
  if (now.phase !== 'joining') return null;
  return connectionState.value === 'lost' ? NO_ANSWER : (now.problem ?? null);
}

const NAME_INPUT = {
  name: 'name',
  autocomplete: 'nickname',
  maxLength: NAME_UNITS_MAX,
  autocapitalize: 'words',
  spellcheck: false,
};

export function CreateRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const name = useSignal(browserStorage.loadName());
  const problem = useSignal<string | null>(null);
  const trouble = useEntryProblem();
  return (
    <EntryLayout
      other={
        <p class="entry-other">
          Somebody sent you a code? <Link href="/join">Join their room</Link>
        </p>
      }
    >
      <EntryForm
        title="Create a room"
        intro="You get a link to send around, and the remote."
        action="Open the doors"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const checked = checkName(name.value);
          problem.value = checked.ok ? null : checked.problem;
          if (checked.ok) session.create(checked.value);
        }}
      >
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            problem.value = null;
          }}
          problem={problem.value ?? trouble}
          hint="The others see it next to what you write."
          autoFocus
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}

export function JoinRoomPage() {
  const { session, sessionState, browserStorage } = useApp();
  const start = route.value.page === 'join' ? route.value.code : '';
  const code = useSignal(start);
  const name = useSignal(browserStorage.loadName());
  const problems = useSignal<{ code: string | null; name: string | null }>({ code: null, name: null });
  return (
    <EntryLayout
      other={
        <p class="entry-other">
          No code? <Link href="/create">Create a room</Link>
        </p>
      }
    >
      <EntryForm
        title="Join a room"
        intro="The host has the code. The whole link works too."
        action="Take a seat"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const room = checkRoomCode(code.value);
          const person = checkName(name.value);
          problems.value = { code: room.ok ? null : room.problem, name: person.ok ? null : person.problem };
          if (!room.ok || !person.ok) return;
          session.join(room.value, person.value);
          visit(`/room/${room.value}`, 'replace');
        }}
      >
        <Field
          class="field-code"
          label="Room code or link"
          value={code.value}
          onInput={(value) => {
            const tidy = checkRoomCode(value);
            code.value = tidy.ok ? tidy.value : value.includes('/') ? value : value.toUpperCase();
            problems.value = { ...problems.value, code: null };
          }}
          problem={problems.value.code}
          hint="Six letters and numbers."
          autoFocus
          input={{ name: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false }}
        />
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            problems.value = { ...problems.value, name: null };
          }}
          problem={problems.value.name}
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}

/** The page of a direct link, which asks for a name. */
export function InvitationPage({ roomId, problem }: { roomId: string; problem: string | null }) {
  const { session, browserStorage, sessionState } = useApp();
  const name = useSignal(browserStorage.loadName());
  const own = useSignal<string | null>(null);
  return (
    <EntryLayout>
      <EntryForm
        title="You are invited"
        intro={
          <>
            Room <b class="code-inline">{roomId}</b> is open. Under which name do you come in?
          </>
        }
        action="Take a seat"
        busy={sessionState.value.phase === 'joining'}
        onSubmit={() => {
          const checked = checkName(name.value);
          own.value = checked.ok ? null : checked.problem;
          if (checked.ok) session.join(roomId, checked.value);
        }}
      >
        <Field
          label="Your name"
          value={name.value}
          onInput={(value) => {
            name.value = value;
            own.value = null;
          }}
          problem={own.value ?? problem}
          autoFocus
          input={NAME_INPUT}
        />
      </EntryForm>
    </EntryLayout>
  );
}

export function NoticePage(props: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="page notice">
      <header class="home-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill, start page">
          <Wordmark />
        </Link>
      </header>
      <main id="main" class="notice-main">
        <div class="notice-icon" aria-hidden="true">
          <Icon name="film" />
        </div>
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        <div class="notice-buttons">{props.children}</div>
      </main>
    </div>
  );
}

export function JoiningPage() {
  const trouble = useEntryProblem();
  return (
    <div class="page joining">
      <main id="main" class="joining-main">
        <div class="joining-spinner" aria-hidden="true" />
        <p role="status">{trouble ?? 'Finding your seat…'}</p>
        {trouble !== null && (
          <Link href="/" class="button button-quiet">
            Back to the entrance
          </Link>
        )}
      </main>
    </div>
  );
}
