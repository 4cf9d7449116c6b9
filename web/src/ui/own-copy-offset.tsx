/** Shifts a viewer's copy of the film that is not the same file as the others'. */
import { useId } from 'preact/hooks';
import { OFFSET_MAX_S, offsetText } from '../own-copy/offsets';
import type { OwnCopies } from '../own-copy/own-copies';

const STEPS = [-1, -0.1, 0.1, 1];

/** "+0.1", "−1". */
function stepText(step: number): string {
  return `${step > 0 ? '+' : '−'}${Math.abs(step)}`;
}

function Step({ copies, step }: { copies: OwnCopies; step: number }) {
  const seconds = `${Math.abs(step)} ${Math.abs(step) === 1 ? 'second' : 'seconds'}`;
  return (
    <button
      type="button"
      class="button button-outline button-small"
      aria-label={`Your copy ${seconds} ${step > 0 ? 'further on' : 'further back'}`}
      onClick={() => copies.setOffset(copies.offset.peek() + step)}
    >
      {stepText(step)}
    </button>
  );
}

export function OwnCopyOffset({ copies }: { copies: OwnCopies }) {
  const id = useId();
  const offset = copies.offset.value;
  return (
    <div class="own-copy-offset" role="group" aria-label="Offset of your copy">
      {STEPS.slice(0, 2).map((step) => (
        <Step key={step} copies={copies} step={step} />
      ))}
      <label for={id} class="visually-hidden">
        Offset of your copy, in seconds
      </label>
      <input
        id={id}
        type="number"
        class="own-copy-seconds"
        step={0.1}
        min={-OFFSET_MAX_S}
        max={OFFSET_MAX_S}
        value={offset}
        title={offsetText(offset)}
        onChange={(event) => copies.setOffset(event.currentTarget.valueAsNumber)}
      />
      <span aria-hidden="true">s</span>
      {STEPS.slice(2).map((step) => (
        <Step key={step} copies={copies} step={step} />
      ))}
    </div>
  );
}
