/** The screens outside a room: the front of the house, the box office, and the ends of the road. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { route, visit } from '../app/router';
import { NAME_MAX, checkName, checkRoomCode } from '../protocol/rules';
import { useApp } from './context';
import { Field, Link, Wordmark } from './bits';
import { Icon } from './icons';

const BOARD = ['One film', 'Many sofas', 'Same frame'];

/** The lit board over the entrance, letter by letter, as if somebody had stood on a ladder. */
function Marquee() {
  return (
    <div class="marquee">
      <div class="bulbs" aria-hidden="true" />
      <h1 class="board" aria-label={`${BOARD.join('. ')}.`}>
        {BOARD.map((line) => (
          <span class="board-line" aria-hidden="true" key={line}>
            {line.split(' ').map((word) => (
              <span class="board-word" key={word}>
                {[...word].map((letter, index) => (
                  <b key={index}>{letter}</b>
                ))}
              </span>
            ))}
          </span>
        ))}
      </h1>
      <div class="bulbs" aria-hidden="true" />
    </div>
  );
}

export function Home() {
  return (
    <main id="main" class="page home">
      <header class="home-head">
        <Wordmark />
      </header>
      <Marquee />
      <p class="lead">
        Watch together from wherever you are. Make a room, send the link, press play: everybody sees the same picture at the same
        moment.
      </p>
      <div class="home-doors">
        <Link href="/create" class="button button-lamp button-large">
          Create a room
        </Link>
        <Link href="/join" class="button button-line button-large">
          Join with a code or link
        </Link>
      </div>
      <p class="home-foot">No account. Nothing to install. The room is gone when you are.</p>
    </main>
  );
}

/** A ticket to fill in: the form on the large part, the button on the stub. */
function Ticket(props: {
  title: string;
  intro: ComponentChildren;
  action: string;
  busy: boolean;
  onSubmit: () => void;
  children: ComponentChildren;
}) {
  return (
    <form
      class="ticket"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy) props.onSubmit();
      }}
    >
      <div class="ticket-main">
        <h1>{props.title}</h1>
        <p class="ticket-intro">{props.intro}</p>
        {props.children}
      </div>
      <div class="ticket-stub">
        <span class="ticket-print" aria-hidden="true">
          Admit one
        </span>
        <button type="submit" class="button button-lamp" aria-disabled={props.busy}>
          {props.busy ? 'One moment…' : props.action}
        </button>
      </div>
    </form>
  );
}

function BoxOffice(props: { children: ComponentChildren; other?: ComponentChildren }) {
  return (
    <div class="page office">
      <header class="home-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill, start page">
          <Wordmark />
        </Link>
      </header>
      <main id="main" class="office-main">
        {props.children}
        {props.other}
      </main>
    </div>
  );
}

const NO_ANSWER = 'No answer from the server yet. Trying again…';

/** What keeps a person who wants in outside, as far as it is not about what they wrote. */
function useTrouble(): string | null {
  const { stage, lineState } = useApp();
  const now = stage.value;
  if (now.at === 'failed') return now.problem;
  if (now.at === 'refused') return 'The server closed the connection. Too many rooms may be open from your network.';
  if (now.at !== 'entering') return null;
  return lineState.value === 'lost' ? NO_ANSWER : (now.problem ?? null);
}

const NAME_INPUT = { name: 'name', autocomplete: 'nickname', maxLength: NAME_MAX, autocapitalize: 'words', spellcheck: false };

export function Create() {
  const { session, stage, memory } = useApp();
  const name = useSignal(memory.lastName());
  const problem = useSignal<string | null>(null);
  const trouble = useTrouble();
  return (
    <BoxOffice
      other={
        <p class="office-other">
          Somebody sent you a code? <Link href="/join">Join their room</Link>
        </p>
      }
    >
      <Ticket
        title="Create a room"
        intro="You get a link to send around, and the remote."
        action="Open the doors"
        busy={stage.value.at === 'entering'}
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
      </Ticket>
    </BoxOffice>
  );
}

export function Join() {
  const { session, stage, memory } = useApp();
  const start = route.value.page === 'join' ? route.value.code : '';
  const code = useSignal(start);
  const name = useSignal(memory.lastName());
  const problems = useSignal<{ code: string | null; name: string | null }>({ code: null, name: null });
  return (
    <BoxOffice
      other={
        <p class="office-other">
          No code? <Link href="/create">Create a room</Link>
        </p>
      }
    >
      <Ticket
        title="Join a room"
        intro="The host has the code. The whole link works too."
        action="Take a seat"
        busy={stage.value.at === 'entering'}
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
      </Ticket>
    </BoxOffice>
  );
}

/** A direct link: all that is missing is a name. */
export function Door({ roomId, problem }: { roomId: string; problem: string | null }) {
  const { session, memory, stage } = useApp();
  const name = useSignal(memory.lastName());
  const own = useSignal<string | null>(null);
  return (
    <BoxOffice>
      <Ticket
        title="You are invited"
        intro={
          <>
            Room <b class="code-inline">{roomId}</b> is open. Under which name do you come in?
          </>
        }
        action="Take a seat"
        busy={stage.value.at === 'entering'}
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
      </Ticket>
    </BoxOffice>
  );
}

export function Notice(props: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="page notice">
      <header class="home-head">
        <Link href="/" class="wordmark-link" label="Watch N Chill, start page">
          <Wordmark />
        </Link>
      </header>
      <main id="main" class="notice-main">
        <div class="reel" aria-hidden="true">
          <Icon name="film" />
        </div>
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        <div class="notice-doors">{props.children}</div>
      </main>
    </div>
  );
}

export function Entering() {
  const trouble = useTrouble();
  return (
    <div class="page entering">
      <main id="main" class="entering-main">
        <div class="leader" aria-hidden="true" />
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
