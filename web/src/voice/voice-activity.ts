/** Decides from the level of a microphone whether somebody speaks. Pure; levels are RMS, 0 to 1. */
const START_DB = -45;
const END_DB = -52;
/** A click is no word. */
export const START_MS = 60;
/** Pauses between words are part of them. */
export const END_MS = 400;

export function decibels(level: number): number {
  return level <= 0 ? -100 : Math.max(-100, 20 * Math.log10(level));
}

export class VoiceActivity {
  speaking = false;
  /** Since when the level asks for the other state. */
  private since: number | null = null;

  /** Returns whether the microphone's owner speaks. */
  update(now: number, level: number): boolean {
    const db = decibels(level);
    const other = this.speaking ? db < END_DB : db > START_DB;
    if (!other) {
      this.since = null;
      return this.speaking;
    }
    this.since ??= now;
    if (now - this.since >= (this.speaking ? END_MS : START_MS)) {
      this.speaking = !this.speaking;
      this.since = null;
    }
    return this.speaking;
  }

  reset(): void {
    this.speaking = false;
    this.since = null;
  }
}

/** Returns the RMS of samples. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
