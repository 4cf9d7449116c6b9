/**
 * Settings of the streaming libraries. A film may only cause requests to the hosts that its manifest names for
 * playback. They switch off time servers, metrics and advertisements of third parties.
 */

export interface DashTrack {
  index: number | null;
  lang: string | null;
  labels?: { text: string }[];
}

/** The used part of dash.js. */
export interface DashEngine {
  updateSettings(settings: object): void;
  clearDefaultUTCTimingSources(): void;
  isDynamic(): boolean;
  /** Empty before the first segment is known. */
  getDvrWindow(): { start?: number; end?: number; startAsUtc?: number } | null;
  getTargetLiveDelay(): number;
  /** The manifest as it was read; durations in seconds. */
  getManifest(): { maxSegmentDuration?: number } | null;
  /** Loads the manifest again. */
  refreshManifest(done: () => void): void;
  /** Throws before the manifest has been read. */
  getTracksFor(type: 'text' | 'audio'): DashTrack[];
  getCurrentTrackFor(type: 'text' | 'audio'): DashTrack | null;
  setCurrentTrack(track: DashTrack): void;
  /** Loads a text track; -1 for none. */
  setTextTrack(index: number): void;
  on(name: 'error', run: (event: { error?: { code?: number; data?: { response?: { status?: number } } } }) => void): void;
  on(name: 'streamInitialized' | 'allTextTracksAdded' | 'trackChangeRendered', run: () => void): void;
}

export const HLS_SETTINGS = {
  // The page draws the cues. The library's own caption tracks come from `data:` addresses, which the policy forbids.
  renderTextTracksNatively: false,
  // The viewer chooses. No group has this name, so that the library selects no track by itself.
  subtitlePreference: { groupId: '' },
  // Cues for scripts would appear on a track of the same kind as captions.
  enableDateRangeMetadataCues: false,
  enableEmsgMetadataCues: false,
  enableID3MetadataCues: false,
  // Advertisements, and a server that steers by viewer measurements.
  enableInterstitialPlayback: false,
  interstitialsController: undefined,
  contentSteeringController: undefined,
};

const DASH_SETTINGS = {
  streaming: {
    // The page's own controller keeps the room in sync; two of them would work against each other.
    liveCatchup: { enabled: false },
    applyContentSteering: false,
    // The page draws the cues, and only those of a track that the viewer has chosen.
    text: { defaultEnabled: false, dispatchForManualRendering: true },
    // The default is a third party's time server. No scheme has this name, so no server is asked.
    utcSynchronization: { defaultTimingSource: { scheme: 'none', value: 'none' } },
  },
};

/**
 * Calls `run` with the engine before it loads anything. The element creates and starts it in one go, so its property is
 * intercepted.
 */
export function onDashEngine(element: HTMLElement, run: (engine: DashEngine) => void): void {
  let made: DashEngine | undefined;
  Object.defineProperty(element, 'api', {
    configurable: true,
    get: () => made,
    set(engine: DashEngine) {
      made = engine;
      // Would send measurements to hosts named in the manifest. The library looks for this class when it starts.
      const library = (globalThis as { dashjs?: { MetricsReporting?: unknown } }).dashjs;
      if (library !== undefined) delete library.MetricsReporting;
      engine.updateSettings(DASH_SETTINGS);
      queueMicrotask(() => engine.clearDefaultUTCTimingSources());
      run(engine);
    },
  });
}

/** Time between two loads of the manifest of a broadcast before its first start. */
const REFRESH_MS = 2000;

/**
 * Keeps the manifest of a broadcast up to date until its first start. The library does so only from then on, and a
 * player is led to its position before it starts.
 */
export function refreshUntilStarted(engine: DashEngine, media: HTMLMediaElement, isOpen: () => boolean): void {
  const timer = setInterval(() => {
    if (!isOpen() || !media.paused) clearInterval(timer);
    else if (isBroadcast(engine)) engine.refreshManifest(() => undefined);
  }, REFRESH_MS);
}

export function isBroadcast(engine: DashEngine): boolean {
  try {
    return engine.isDynamic();
  } catch {
    // The manifest has not been read yet.
    return false;
  }
}

/** Returns the best position of a broadcast; null while unknown, and for other films. */
export function dashEdge(engine: DashEngine): number | null {
  if (!isBroadcast(engine)) return null;
  const { start = Number.NaN, end = Number.NaN } = engine.getDvrWindow() ?? {};
  const edge = Math.max(start, end - engine.getTargetLiveDelay());
  return Number.isFinite(edge) ? edge : null;
}
