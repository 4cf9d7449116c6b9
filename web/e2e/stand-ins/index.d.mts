import type { BrowserContext } from 'playwright-core';

export type Provider = 'vimeo' | 'twitch' | 'dailymotion' | 'peertube' | 'youtube';
export const PROVIDERS: Record<Provider, { link: string }>;
export function serveStandIn(context: BrowserContext, name: Provider, quirks?: { advertMs?: number }): Promise<void>;
