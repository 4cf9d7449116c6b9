// The films of a server's library: ten minutes, as an MP4 file and as a Matroska file with the same pictures and DTS sound.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SECONDS = 600;

/** The titles of the films, by the word of the command line. */
export const TITLES = { library: 'As it is', converted: 'In another container' };

export async function makeLibrary() {
  const folder = await mkdtemp(join(tmpdir(), 'watchnchill-lab-'));
  const [plain, other] = [join(folder, `${TITLES.library}.mp4`), join(folder, `${TITLES.converted}.mkv`)];
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=320x180:r=24000/1001:d=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=48000:duration=${SECONDS}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '96', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '64k'],
    ...['-movflags', '+faststart', plain],
  ]);
  const sound = ['-c:a', 'dca', '-strict', '-2', '-ac', '2'];
  await run('ffmpeg', ['-v', 'error', '-i', plain, '-c:v', 'copy', ...sound, other]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
