/** The browsers of the tests: how each is found and launched. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, firefox } from 'playwright-core';
import { AUTOPLAY, FLAGS, UNTHROTTLED, chromiumPath } from '../../../testkit/chromium.mjs';

export type Engine = 'chromium' | 'firefox';

export interface LaunchOptions {
  /** The browser of pages that name none. */
  engine?: Engine;
  autoplay?: boolean;
  /** A WAV file, which Chromium plays in a loop as the microphone; that of Firefox hums. */
  microphone?: string;
}

/** The browser of tests that name none: with BROWSER_ENGINE=firefox all tests run in Firefox. */
export const USUAL_ENGINE: Engine = process.env['BROWSER_ENGINE'] === 'firefox' ? 'firefox' : 'chromium';

/** A microphone that is allowed without a question. */
const MICROPHONE_FLAGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A microphone with a steady tone. Two pages of one machine reach each other by its own address alone. */
const MICROPHONE_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
};

const AUTOPLAY_ALLOWED = 0;
const AUTOPLAY_BLOCKED = 1;

const FIREFOX_PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

const installed = (path: string | undefined): path is string => path !== undefined && existsSync(path);

/** Returns the path of a browser; null when it is not installed. */
export function findEngine(engine: Engine): string | null {
  if (engine === 'firefox') return [process.env['FIREFOX'], ...FIREFOX_PATHS].find(installed) ?? null;
  return installed(process.env['BROWSER']) ? process.env['BROWSER'] : chromiumPath();
}

export async function launchEngine(engine: Engine, { autoplay = true, microphone }: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findEngine(engine);
  if (executablePath === null) throw new Error(`No ${engine} found: name one in ${engine.toUpperCase()}`);
  if (engine === 'firefox') {
    const firefoxUserPrefs = {
      'media.autoplay.default': autoplay ? AUTOPLAY_ALLOWED : AUTOPLAY_BLOCKED,
      ...(microphone === undefined ? {} : MICROPHONE_PREFERENCES),
    };
    return firefox.launch({ channel: 'moz-firefox', executablePath, firefoxUserPrefs });
  }
  const args = [
    ...FLAGS,
    ...UNTHROTTLED,
    ...(autoplay ? [AUTOPLAY] : []),
    ...(microphone === undefined ? [] : [...MICROPHONE_FLAGS, `--use-file-for-fake-audio-capture=${microphone}`]),
  ];
  return chromium.launch({ executablePath, args });
}
