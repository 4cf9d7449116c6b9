/** The subtitles over the picture, above the controls. The text of a cue only ever becomes text. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { takeFileDrops } from '../app/file-drops';
import type { Subtitles } from '../app/subtitles';
import type { Cue, CueSpan } from '../subtitles/cue';
import '../styles/subtitles.css';
import { useApp } from './context';

const ZONES = ['top', 'middle', 'bottom'] as const;

export function SubtitleLayer() {
  const subtitles = useApp().subtitles.value;
  return subtitles === null ? null : <Layer subtitles={subtitles} />;
}

function Layer({ subtitles }: { subtitles: Subtitles }) {
  const { controlsAutohide } = useApp();
  const layer = useRef<HTMLDivElement>(null);
  const dragging = useSignal(false);
  const raised = useSignal(0);
  const { size, place, background } = subtitles.settings.value;
  const hidden = controlsAutohide.hidden.value;
  const cues = withoutCopies(subtitles.shown.value);

  useEffect(
    () =>
      takeFileDrops(window, {
        films: false,
        onHover: (over) => (dragging.value = over),
        onFile: (file) => void subtitles.dropFile(file),
      }),
    [subtitles],
  );

  useLayoutEffect(() => {
    const bar = layer.current?.closest('.player-area')?.querySelector('.bar') ?? null;
    const measure = () => (raised.value = hidden ? 0 : coveredPx(layer.current, bar));
    const sizes = new ResizeObserver(measure);
    for (const element of [layer.current, bar]) if (element !== null) sizes.observe(element);
    measure();
    return () => sizes.disconnect();
  }, [hidden]);

  return (
    <div
      class="subtitles"
      ref={layer}
      // A screen reader would speak over the film.
      aria-live="off"
      data-size={size}
      data-background={background}
      style={{ '--raised': `${raised.value}px` }}
    >
      {ZONES.map((zone) => (
        <div class="subtitle-zone" data-zone={zone} key={zone}>
          {cues
            .filter((cue) => (cue.place ?? place) === zone)
            .map((cue) => (
              <CueText cue={cue} key={`${cue.start} ${cue.end} ${textOf(cue)}`} />
            ))}
        </div>
      ))}
      {dragging.value && <p class="subtitle-drop">Drop a subtitle file. Only you will see it.</p>}
    </div>
  );
}

/** The bar's gradient is dark from here above its first row. */
const SHADE_PX = 12;

/** Returns how much of the layer the bar covers; a narrow page has it below the picture. */
function coveredPx(layer: Element | null, bar: Element | null): number {
  const picture = layer?.getBoundingClientRect();
  const top = bar?.firstElementChild?.getBoundingClientRect().top;
  if (picture === undefined || top === undefined || top >= picture.bottom) return 0;
  return Math.max(0, Math.round(picture.bottom - top + SHADE_PX));
}

function textOf(cue: Cue): string {
  return cue.lines.map((line) => line.map((span) => span.text).join('')).join('\n');
}

/** Removes cues of equal text: ASS files draw a text several times for shadows and blurs. */
function withoutCopies(cues: readonly Cue[]): Cue[] {
  const seen = new Set<string>();
  return cues.filter((cue) => {
    const key = `${cue.place} ${textOf(cue)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function CueText({ cue }: { cue: Cue }) {
  return (
    <p class="subtitle" data-align={cue.align} dir="auto">
      {cue.lines.map((line, i) => (
        <span class="subtitle-line" dir="auto" key={i}>
          <span class="subtitle-text">
            {line.map((span, j) => (
              <Span span={span} key={j} />
            ))}
          </span>
        </span>
      ))}
    </p>
  );
}

function Span({ span }: { span: CueSpan }) {
  const { text, bold, italic, underline, color, ruby } = span;
  return (
    <span data-bold={bold} data-italic={italic} data-underline={underline} data-color={color}>
      {ruby === undefined ? (
        text
      ) : (
        <ruby>
          {text}
          <rt>{ruby}</rt>
        </ruby>
      )}
    </span>
  );
}
