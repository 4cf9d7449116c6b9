/** Speakers: each has a browser of its own, whose microphone plays the tone of its owner, so that tests can say who is heard. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Browsers, type PageOptions, createRoom, joinByLink, useBrowsers } from './browsers';

/** Tones in Hz; none is a multiple of another, or near one. */
const TONES = { Ana: 520, Ben: 830, Cem: 1270 } as const;
export type Name = keyof typeof TONES;

export interface Speaker {
  name: Name;
  browsers: Browsers;
  open(options?: PageOptions): Promise<Page>;
}

const RATE = 48_000;
/** A tone that swells: browsers take a steady one for noise, and remove it. */
const SWELL_SECONDS = 0.5;
const LOUDNESS = 0.5;

/** Writes a WAV file that browsers play in a loop as their microphone; returns its path. */
export function writeTone(name: Name): string {
  const samples = RATE * SWELL_SECONDS * 4;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) {
    const seconds = i / RATE;
    const swell = Math.sin((Math.PI * seconds) / SWELL_SECONDS) ** 2;
    wav.writeInt16LE(Math.round(32_767 * LOUDNESS * swell * Math.sin(2 * Math.PI * TONES[name] * seconds)), 44 + 2 * i);
  }
  const path = join(mkdtempSync(join(tmpdir(), 'watchnchill-tone-')), `${name}.wav`);
  writeFileSync(path, wav);
  return path;
}

/** Launches a Chromium for each speaker of a file: Firefox has no microphone that plays a file. */
export function useSpeakers<const N extends readonly Name[]>(...names: N): { [K in keyof N]: Speaker } {
  return names.map((name) => {
    const browsers = useBrowsers({ engine: 'chromium', microphone: writeTone(name) });
    const open = ({ prepare, ...options }: PageOptions = {}) =>
      browsers.openPage({
        ...options,
        prepare: async (context) => {
          await watchConnections(context);
          await prepare?.(context);
        },
      });
    return { name, browsers, open };
  }) as { [K in keyof N]: Speaker };
}

export const expectErrors = (speakers: readonly Speaker[], errors: RegExp[]) => {
  for (const { browsers } of speakers) browsers.expectedErrors = errors;
};

/** Opens a page for each speaker, of whom the first creates the room. */
export async function openRoomOf(speakers: readonly Speaker[], options: PageOptions = {}) {
  const pages: Page[] = [];
  let link = '';
  for (const speaker of speakers) {
    const page = await speaker.open(options);
    if (pages.length === 0) link = await createRoom(page, speaker.name);
    else await joinByLink(page, link, speaker.name);
    pages.push(page);
  }
  return { pages, link };
}

export async function openVoice(page: Page): Promise<void> {
  const people = page.getByRole('button', { name: /^People, / });
  // On a phone.
  if (await people.isVisible()) await people.click();
  await page.getByRole('button', { name: /^Voice/ }).click();
  await page.getByRole('dialog', { name: 'Voice' }).waitFor();
}

export async function closeVoice(page: Page): Promise<void> {
  await page.getByRole('dialog', { name: 'Voice' }).getByRole('button', { name: 'Close' }).click();
}

export const joinButton = (page: Page) => page.getByRole('button', { name: 'Join voice' });
export const leaveButton = (page: Page) => page.getByRole('button', { name: 'Leave voice' });

export async function joinVoice(page: Page): Promise<void> {
  await openVoice(page);
  await joinButton(page).click();
  await leaveButton(page).waitFor();
  await closeVoice(page);
}

/** Returns the tone in Hz that dominates each voice which a page plays audibly, within more than one swell. */
function frequencies(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const players = [...document.querySelectorAll<HTMLAudioElement>('audio[data-voice]')];
    const context = new AudioContext();
    await context.resume();
    const voices = players.flatMap((player) => {
      const stream = player.srcObject;
      if (!(stream instanceof MediaStream) || player.muted || player.paused || player.volume === 0) return [];
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(stream).connect(analyser);
      return [{ analyser, loudest: -45, frequency: 0 }];
    });
    const until = performance.now() + 1200;
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      for (const voice of voices) {
        const bins = new Float32Array(voice.analyser.frequencyBinCount);
        voice.analyser.getFloatFrequencyData(bins);
        bins.forEach((level, bin) => {
          if (level <= voice.loudest) return;
          voice.loudest = level;
          voice.frequency = (bin * context.sampleRate) / voice.analyser.fftSize;
        });
      }
    }
    await context.close();
    return voices.map(({ frequency }) => frequency).filter((frequency) => frequency > 0);
  });
}

const ownerOf = (frequency: number) =>
  Object.entries(TONES).find(([, tone]) => Math.abs(tone - frequency) < 15)?.[0] ?? `${Math.round(frequency)} Hz`;

/** Returns the owners of the tones that a page plays, in the order of the alphabet. */
export async function heardBy(page: Page): Promise<string[]> {
  return (await frequencies(page)).map(ownerOf).sort();
}

/** Waits until a page plays the tones of these people, and of nobody else. */
export const hears = (page: Page, ...names: Name[]) =>
  expect.poll(() => heardBy(page), { timeout: 40_000 }).toEqual([...names].sort());

/** Waits until each speaker hears all the others. */
export async function allHear(speakers: readonly Speaker[], pages: readonly Page[]): Promise<void> {
  for (const [index, page] of pages.entries())
    await hears(page, ...speakers.filter((_, other) => other !== index).map(({ name }) => name));
}

interface Watched {
  connections: RTCPeerConnection[];
  restarts: number;
  states: string[];
}

/** What a page with watched connections keeps. */
export type WatchedWindow = Window & { __voice: Watched };

/** Keeps every WebRTC connection that a page opens, and what becomes of it. */
export async function watchConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const kept: Watched = { connections: [], restarts: 0, states: [] };
    (window as unknown as WatchedWindow).__voice = kept;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.connections.push(this);
        this.addEventListener('connectionstatechange', () => kept.states.push(this.connectionState));
      }
      override restartIce(): void {
        kept.restarts++;
        super.restartIce();
      }
    };
  });
}

/** Returns how many connections a page has opened and not closed, how often it restarted one, and how many voices it plays. */
export function connectionsOf(page: Page): Promise<{ open: number; restarts: number; players: number }> {
  return page.evaluate(() => {
    const { connections, restarts } = (window as unknown as WatchedWindow).__voice;
    const open = connections.filter(({ signalingState }) => signalingState !== 'closed').length;
    return { open, restarts, players: document.querySelectorAll('audio[data-voice]').length };
  });
}
