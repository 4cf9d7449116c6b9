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

/** Encodes a minute of moving pictures: as a small film, or with noise in every picture, as one of half a megabyte per second. */
function encode(path: string, how: 'small' | 'large'): void {
  const picture = how === 'small' ? 'testsrc2=s=320x180:r=25:d=60' : 'testsrc2=s=160x90:r=25:d=60,noise=alls=100:allf=t';
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=44100:duration=60'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-qp', how === 'small' ? '30' : '12'],
    ...['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', path],
  ]);
}

/** Encodes another cut of the film Alpha: with a second more at its beginning, and as long. The library leaves it out. */
export function makeOwnCut({ folder }: LibraryFilms): string {
  const own = join(folder, '.own');
  mkdirSync(own);
  const path = join(own, 'My cut.mp4');
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-i', join(folder, 'Alpha (2009).mp4'), '-vf', 'tpad=start_duration=1', '-af', 'adelay=1000:all=1'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-t', '60', path],
  ]);
  return path;
}

export function makeLibraryFilms(): LibraryFilms {
  const folder = mkdtempSync(join(tmpdir(), 'watchnchill-library-'));
  const many = join(folder, 'Series', 'Many');
  mkdirSync(many, { recursive: true });
  const first = join(folder, 'Alpha (2009).mp4');
  encode(first, 'small');
  // Larger than what browsers load ahead.
  encode(join(folder, 'Long River.mp4'), 'large');
  linkSync(first, join(folder, 'Series', 'Pilot.mp4'));
  for (let n = 1; n <= MANY; n++) linkSync(first, join(many, `Episode ${n}.mp4`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
