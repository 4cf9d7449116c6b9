/** Says what was left out of a subtitle file. */
import { CUES_MAX, CUE_CHARS_MAX, FILE_BYTES_MAX, type LeftOut } from './cue';

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n.toLocaleString('en')} ${many}`);

/** Returns a sentence for each bound that the file exceeds. */
export function leftOutText({ bytes, cues, brokenTimes, longCues, slow }: LeftOut): string[] {
  const said: string[] = [];
  if (bytes > 0) said.push(`Only the first ${FILE_BYTES_MAX / 1024 / 1024} MB of the file are read.`);
  if (cues) said.push(`Only the first ${CUES_MAX.toLocaleString('en')} lines are shown.`);
  if (slow) said.push('The file takes too long to read, so its end is left out.');
  if (brokenTimes > 0) said.push(`${count(brokenTimes, 'line', 'lines')} left out, because of times that cannot be.`);
  if (longCues > 0)
    said.push(`${count(longCues, 'line is', 'lines are')} cut after ${CUE_CHARS_MAX.toLocaleString('en')} letters.`);
  return said;
}
