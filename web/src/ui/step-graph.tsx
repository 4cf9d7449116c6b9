/** The last minute of one's own step: behind is up, ahead is down, one picture of film wide is the band. */
import type { StepPoint } from '../app/step';
import { driftText } from '../room/step-words';
import { graphOf } from './graph';

const SIZE = { width: 320, height: 88 };

export function StepGraph({ history, labelledBy }: { history: readonly StepPoint[]; labelledBy: string }) {
  const { scaleMs, lines, band, zeroY } = graphOf(history, SIZE);
  return (
    <div class="graph">
      <svg
        class="graph-field"
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={labelledBy}
      >
        <rect class="graph-band" x="0" y={band.y} width={SIZE.width} height={band.height} />
        <path class="graph-zero" d={`M0 ${zeroY}H${SIZE.width}`} />
        {lines.map((points, index) => (
          <polyline key={index} class="graph-line" points={points} />
        ))}
      </svg>
      <p class="graph-scale" aria-hidden="true">
        <span>{driftText(scaleMs)}</span>
        <span>{driftText(-scaleMs)}</span>
      </p>
      <p class="graph-time" aria-hidden="true">
        <span>60 s ago</span>
        <span class="graph-key">± one frame</span>
        <span>now</span>
      </p>
    </div>
  );
}
