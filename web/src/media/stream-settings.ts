/**
 * What the libraries for streams may ask of the network. A film brings requests to the hosts that its manifest names for playing
 * it, and no others: no time from a third party, no measurements for anybody, no advertisements that a manifest asks for.
 */

/** What we use of the player of dash.js. */
export interface DashEngine {
  updateSettings(settings: object): void;
  clearDefaultUTCTimingSources(): void;
  isDynamic(): boolean;
  getDvrWindow(): { start: number; end: number } | null;
  getTargetLiveDelay(): number;
  on(name: 'error', run: (event: { error?: { code?: number; data?: { response?: { status?: number } } } }) => void): void;
}

export const HLS_SETTINGS = {
  // The library's own caption tracks come from data: addresses, which our content policy refuses.
  renderTextTracksNatively: false,
  // Cues for scripts, on a track of the same kind.
  enableDateRangeMetadataCues: false,
  enableEmsgMetadataCues: false,
  enableID3MetadataCues: false,
  // Advertisements between, and a server that steers by what viewers measure.
  enableInterstitialPlayback: false,
  interstitialsController: undefined,
  contentSteeringController: undefined,
};

const DASH_SETTINGS = {
  streaming: {
    applyContentSteering: false,
    // The default is a third party's clock. No scheme of that name is known, so nobody is asked.
    utcSynchronization: { defaultTimingSource: { scheme: 'none', value: 'none' } },
  },
};

/** Hears of the engine before it loads anything: the element makes it out of sight, and starts it in the same breath. */
export function onDashEngine(element: HTMLElement, run: (engine: DashEngine) => void): void {
  let made: DashEngine | undefined;
  Object.defineProperty(element, 'api', {
    configurable: true,
    get: () => made,
    set(engine: DashEngine) {
      made = engine;
      // Sends what it measured to whom the manifest names. The library looks for it here when it is started.
      const library = (globalThis as { dashjs?: { MetricsReporting?: unknown } }).dashjs;
      if (library !== undefined) delete library.MetricsReporting;
      engine.updateSettings(DASH_SETTINGS);
      queueMicrotask(() => engine.clearDefaultUTCTimingSources());
      run(engine);
    },
  });
}

/** Where a broadcast is best played; null while that is not known, and for a film with an end. */
export function dashEdge(engine: DashEngine): number | null {
  try {
    const window = engine.isDynamic() ? engine.getDvrWindow() : null;
    const edge = window === null ? Number.NaN : Math.max(window.start, window.end - engine.getTargetLiveDelay());
    return Number.isFinite(edge) ? edge : null;
  } catch {
    return null;
  }
}
