/**
 * Decides how arriving messages are announced to a screen reader: each by itself while few come, and a summary now and
 * then while many come.
 */
import { signal } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import { listNames } from '../room/format';

export interface ArrivalSummaryPorts {
  chat: Pick<ChatStore, 'onArrival' | 'quiet'>;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

const WINDOW_MS = 6000;
/** Messages within the window from which on they are no longer announced one by one. */
const MANY = 5;
const SUMMARY_EVERY_MS = 12_000;
const NAMES_MAX = 2;

function summaryText(names: readonly string[]): string {
  const different = [...new Set(names)];
  const from = different.length > NAMES_MAX ? [...different.slice(0, NAMES_MAX), 'others'] : different;
  return `${names.length} new messages, from ${listNames(from)}`;
}

export function createArrivalSummary({ chat, now, after }: ArrivalSummaryPorts) {
  /** The summary to announce; '' for none. */
  const summary = signal('');
  let recent: number[] = [];
  /** Names of the authors of the messages that no summary has counted. */
  let uncounted: string[] = [];

  function isBusy(): boolean {
    const since = now() - WINDOW_MS;
    recent = recent.filter((at) => at > since);
    return recent.length >= MANY;
  }

  function summarise(): void {
    if (uncounted.length > 0) {
      const text = summaryText(uncounted);
      // A screen reader hears changes alone: the same text again has a space at its end, which is not read out.
      summary.value = text === summary.peek() ? `${text}\u00a0` : text;
    }
    uncounted = [];
    if (isBusy()) after(SUMMARY_EVERY_MS, summarise);
    else {
      chat.quiet.value = false;
      after(WINDOW_MS, () => {
        if (!chat.quiet.peek()) summary.value = '';
      });
    }
  }

  chat.onArrival(({ userName }) => {
    recent.push(now());
    if (chat.quiet.peek()) uncounted.push(userName);
    else if (isBusy()) {
      chat.quiet.value = true;
      after(SUMMARY_EVERY_MS, summarise);
    }
  });
  return summary;
}
