/** The parts of the subtitles menu that are for everybody: what is shared, and for hosts, to share and to stop it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { SHARED } from '../app/shared-subtitles';
import type { Subtitles } from '../app/subtitles';
import { LABEL_MAX } from '../protocol/subtitles';
import { fileLabel } from '../subtitles/file-language';
import { Field } from './primitives';

/** Stands beside a track; empty for tracks that are not shared. */
export function StopSharing({ subtitles, id }: { subtitles: Subtitles; id: string | null }) {
  const { shared, choices } = subtitles;
  const label = choices.value.find((choice) => choice.id === id)?.label;
  if (id?.startsWith(SHARED) !== true || label === undefined) return null;
  if (!shared.mayShare.value) return <span class="track-shared">Shared</span>;
  return (
    <button
      type="button"
      class="text-button"
      aria-label={`Stop sharing ${label}`}
      aria-disabled={shared.state.value.busy}
      onClick={() => void shared.stopSharing(id)}
    >
      Stop sharing
    </button>
  );
}

/** Offers to share the file that is open. */
export function ShareFile({ subtitles }: { subtitles: Subtitles }) {
  const { shared } = subtitles;
  const { source, reading, problem } = subtitles.file.value;
  /** Null until the host types. */
  const typed = useSignal<{ of: string; name: string } | null>(null);
  const isOwn = source !== null && !source.id.startsWith(SHARED);
  if (!shared.mayShare.value || !isOwn || reading || problem !== null) return null;
  const name = typed.value?.of === source.label ? typed.value.name : fileLabel(source.label);
  return (
    <ShareForm
      subtitles={subtitles}
      action="Share with everybody"
      isReady={name.trim() !== ''}
      share={() => subtitles.shareFile(name.trim())}
    >
      <NameField name={name} onInput={(next) => (typed.value = { of: source.label, name: next })} />
    </ShareForm>
  );
}

/** The button that opens the form for an address, and the form. */
export function ShareAddress({ subtitles }: { subtitles: Subtitles }) {
  const { shared } = subtitles;
  const open = useSignal(false);
  const address = useSignal('');
  const name = useSignal('');
  if (!shared.mayShare.value) return null;
  async function share(): Promise<void> {
    if ((await shared.shareAddress(address.value.trim(), name.value.trim())) === null) return;
    open.value = false;
    address.value = name.value = '';
  }
  return (
    <>
      <button
        type="button"
        class="button button-outline button-small"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        Share a link
      </button>
      {open.value && (
        <ShareForm
          subtitles={subtitles}
          action="Share the link"
          isReady={address.value.trim() !== '' && name.value.trim() !== ''}
          share={share}
        >
          <Field
            label="Link to the subtitles"
            value={address.value}
            onInput={(value) => (address.value = value)}
            class="field-flat"
            autoFocus
            input={{ inputMode: 'url', autocomplete: 'off', spellcheck: false, placeholder: 'https://' }}
          />
          <NameField name={name.value} onInput={(value) => (name.value = value)} />
        </ShareForm>
      )}
    </>
  );
}

function NameField({ name, onInput }: { name: string; onInput: (name: string) => void }) {
  return (
    <Field
      label="Name in everybody’s list"
      value={name}
      onInput={onInput}
      class="field-flat"
      input={{ maxLength: LABEL_MAX, autocomplete: 'off', placeholder: 'English' }}
    />
  );
}

function ShareForm(props: {
  subtitles: Subtitles;
  action: string;
  isReady: boolean;
  share: () => Promise<unknown>;
  children: ComponentChildren;
}) {
  const { shared } = props.subtitles;
  const { busy, sent } = shared.state.value;
  return (
    <form
      class="share-form"
      noValidate
      onInput={shared.forgetProblem}
      onSubmit={(event) => {
        event.preventDefault();
        if (props.isReady && !busy) void props.share();
      }}
    >
      {props.children}
      <button type="submit" class="button button-outline button-small" aria-disabled={busy || !props.isReady}>
        {busy ? `Sharing… ${Math.round(sent * 100)} %` : props.action}
      </button>
    </form>
  );
}

/** Says why sharing failed. */
export function SharingNotes({ subtitles }: { subtitles: Subtitles }) {
  const { problem } = subtitles.shared.state.value;
  return problem === null ? null : (
    <p class="file-notes" role="alert" data-problem="true">
      {problem}
    </p>
  );
}
