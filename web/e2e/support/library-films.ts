/** A folder of real films for a server with a media library. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Films in the folder of many films: more than a page of the list. */
export const MANY = 60;

export interface LibraryFilms {
  folder: string;
  remove(): void;
}

/** Encodes moving pictures with noise, so that a film has as many bytes per second as is asked for. */
function encode(path: string, seconds: number, kilobits: number): void {
  const picture = `testsrc2=s=320x180:r=25:d=${seconds},noise=alls=60:allf=t`;
  const sound = `sine=frequency=330:sample_rate=44100:duration=${seconds}`;
  const rate = `${kilobits}k`;
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'],
    ...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-bufsize', rate],
    ...['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', path],
  ]);
}

export function makeLibraryFilms(): LibraryFilms {
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-library-'));
  const many = join(folder, 'Series', 'Many');
  mkdirSync(many, { recursive: true });
  const first = join(folder, 'Alpha (2009).mp4');
  encode(first, 60, 400);
  // Larger than what browsers load ahead.
  encode(join(folder, 'Long River.mp4'), 60, 4000);
  linkSync(first, join(folder, 'Series', 'Pilot.mp4'));
  for (let n = 1; n <= MANY; n++) linkSync(first, join(many, `Episode ${n}.mp4`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
