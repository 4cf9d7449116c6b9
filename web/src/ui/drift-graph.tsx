/** The drift of the last minute: behind is up, ahead is down, the band is one frame wide. */
import type { DriftPoint } from '../app/sync-status';
import { driftText } from '../room/sync-words';
import { layoutDriftGraph } from './drift-graph-layout';

const SIZE = { width: 320, height: 88 };

export function DriftGraph({ history, labelledBy }: { history: readonly DriftPoint[]; labelledBy: string }) {
  const { scaleMs, lines, band, zeroY } = layoutDriftGraph(history, SIZE);
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
