/** The pages of entry control: password, waiting for a host, and why a viewer is not let in. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { createCountdown, countdownText } from '../app/countdown';
import type { EntryState, PasswordProblem, TurnedAwayReason } from '../app/session-states';
import { visit } from '../app/router';
import { PASSWORD_MAX } from '../protocol/room-access';
import '../styles/door.css';
import { useApp } from './context';
import { EntryForm, EntryLayout, NoticePage } from './entry-form';
import { Field, Link } from './primitives';

export interface EntryStatePageProps {
  state: EntryState;
}

export function EntryStatePage({ state }: EntryStatePageProps) {
  switch (state.phase) {
    case 'password-needed':
      return <PasswordPage roomId={state.roomId} problem={state.problem} busy={state.busy === true} />;
    case 'waiting':
      return <WaitingPage roomId={state.roomId} />;
    case 'turned-away':
      return <TurnedAwayPage reason={state.reason} />;
  }
}

interface PasswordPageProps {
  roomId: string;
  problem: PasswordProblem | null;
  busy: boolean;
}

function PasswordPage({ roomId, problem, busy }: PasswordPageProps) {
  const { session, now, after } = useApp();
  const password = useSignal('');
  const own = useSignal<string | null>(null);
  const shown = useSignal(false);
  const countdown = useMemo(() => createCountdown(now, after), [now, after]);
  useEffect(() => {
    if (problem !== null) password.value = '';
    if (problem !== null && problem.retryInMs > 0) countdown.start(problem.retryInMs);
    return countdown.stop;
  }, [problem, countdown]);
  const seconds = countdown.secondsLeft.value;
  return (
    <EntryLayout
      other={
        <p class="entry-other">
          Nobody gave you one? <Link href="/">Back to the entrance</Link>
        </p>
      }
    >
      <EntryForm
        title="What’s the word?"
        intro={
          <>
            Room <b class="code-inline">{roomId}</b> opens with a password. The person who sent you the link knows it.
          </>
        }
        action={seconds > 0 ? 'Please wait' : 'Let me in'}
        busy={busy}
        blocked={seconds > 0}
        onSubmit={() => {
          own.value = password.value === '' ? 'Please type the password.' : null;
          if (own.value === null) session.enterPassword(password.value);
        }}
      >
        <Field
          label="Password"
          value={password.value}
          onInput={(value) => {
            password.value = value;
            own.value = null;
          }}
          problem={own.value ?? problemText(problem, seconds)}
          quiet={seconds > 0}
          autoFocus
          input={{
            type: shown.value ? 'text' : 'password',
            name: 'room-password',
            autocomplete: 'off',
            maxLength: PASSWORD_MAX,
            autocapitalize: 'none',
            spellcheck: false,
          }}
        />
        <label class="check">
          <input type="checkbox" checked={shown.value} onChange={(event) => (shown.value = event.currentTarget.checked)} />
          <span>Show the password</span>
        </label>
        {/* Said once; the seconds at the field would be read out one by one. */}
        <p class="visually-hidden" role="status">
          {seconds > 0 ? 'Too many wrong passwords. Please try again later.' : ''}
        </p>
      </EntryForm>
    </EntryLayout>
  );
}

function problemText(problem: PasswordProblem | null, seconds: number): string | null {
  if (problem === null) return null;
  if (problem.kind === 'wrong') return 'That is not the password. Please try again.';
  return seconds > 0 ? `Too many wrong passwords. You can try again in ${countdownText(seconds)}.` : null;
}

function WaitingPage({ roomId }: { roomId: string }) {
  const { connectionState } = useApp();
  const lost = connectionState.value !== 'up';
  return (
    <div class="page waiting">
      <main id="main" class="notice-main">
        <div class="waiting-lamp" aria-hidden="true" />
        <h1>You are at the door</h1>
        <p role="status">
          {lost
            ? 'The connection is lost. Your place is kept, and you are back in a moment.'
            : 'A host has been asked to let you in. This page opens by itself.'}
        </p>
        <p class="waiting-code">
          Room <b class="code-inline">{roomId}</b>
        </p>
        <div class="notice-buttons">
          <button type="button" class="button button-outline" onClick={() => visit('/')}>
            Stop waiting
          </button>
        </div>
      </main>
    </div>
  );
}

interface TurnedAwayWords {
  title: string;
  text: string;
  /** Label of the button that tries again; absent when it would be in vain. */
  again?: string;
}

const TURNED_AWAY: Record<TurnedAwayReason, TurnedAwayWords> = {
  refused: {
    title: 'Not this time',
    text: 'A host has decided not to let you in.',
  },
  expired: {
    title: 'Nobody came to the door',
    text: 'No host has answered. They may be deep in the film.',
    again: 'Ask again',
  },
  closed: {
    title: 'The doors are closed',
    text: 'The hosts let nobody new in right now. Members who left can come back.',
    again: 'Try again',
  },
  crowded: {
    title: 'There is a queue at the door',
    text: 'Too many people wait to be let in already. Try again in a little while.',
    again: 'Try again',
  },
  'bad-invite': {
    title: 'This invitation has run out',
    text: 'It has expired, was used up, or was taken back. Ask for a new one, or knock without it.',
    again: 'Come in without it',
  },
  banned: {
    title: 'You cannot come in here',
    text: 'A host has banned you from this room.',
  },
  removed: {
    title: 'You were asked to leave',
    text: 'A host has removed you from this room.',
  },
  ended: {
    title: 'This room has closed',
    text: 'It ended while you were waiting.',
  },
};

function TurnedAwayPage({ reason }: { reason: TurnedAwayReason }) {
  const { session } = useApp();
  const { title, text, again } = TURNED_AWAY[reason];
  return (
    <NoticePage title={title} text={text} icon="door">
      {again !== undefined && (
        <button type="button" class="button button-primary" onClick={() => session.retry()}>
          {again}
        </button>
      )}
      <Link href="/" class={again === undefined ? 'button button-primary' : 'button button-outline'}>
        Back to the entrance
      </Link>
    </NoticePage>
  );
}
