/** Reads the rest of a long list page by page, while events go on changing it (QU13). */
import { type Signal, signal } from '@preact/signals';
import type { Ack } from '../protocol/messages';
import { type QueueChange, queuePage } from '../protocol/queue';
import { type KnownQueue, isComplete, listed, mergePage, withGaps } from './queue-state';

export interface QueuePagesPorts {
  state: Signal<KnownQueue>;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
}

export type PagesState = 'idle' | 'loading' | 'failed';

/** Most items in one page. */
const PAGE_MAX = 100;
/** Attempts at one page: a list that changes all the time is read again when it is next shown. */
const ATTEMPTS_MAX = 4;

function touches({ removed = [], moved = [] }: QueueChange, itemId: string): boolean {
  return removed.includes(itemId) || moved.some((one) => one.itemId === itemId);
}

export function createQueuePages({ state, request }: QueuePagesPorts) {
  const progress = signal<PagesState>('idle');
  /** Changes that arrived while a page was on its way. */
  let arrived: QueueChange[] = [];
  /** The item that the latest page followed, and the page's position in the stream. */
  let latest: { anchor: string | null; epoch: number; seq: number } | null = null;
  /** Counts the snapshots; a page requested before the latest one is ignored. */
  let generation = 0;

  /** Reads one page; returns whether it was added. */
  async function read(): Promise<'added' | 'again' | 'failed' | 'outdated'> {
    const mine = generation;
    const anchor = listed(state.peek()).at(-1)?.itemId ?? null;
    arrived = [];
    const ack = await request('get-queue', { ...(anchor !== null && { after: anchor }), limit: PAGE_MAX });
    if (mine !== generation) return 'outdated';
    if (!ack.ok) return 'failed';
    let page;
    try {
      page = queuePage(ack, 'get-queue');
    } catch (problem) {
      console.warn('The answer to get-queue cannot be read', problem);
      return 'failed';
    }
    const { epoch, seq } = page;
    const before = arrived.filter((change) => change.epoch === epoch && change.seq <= seq);
    // It follows an item that was elsewhere in the list by then.
    if (anchor !== null && before.some((change) => touches(change, anchor))) return 'again';
    latest = { anchor, epoch, seq };
    const since = arrived.filter((change) => !before.includes(change));
    state.value = mergePage(state.peek(), page, since);
    return 'added';
  }

  return {
    progress,
    /** Reads until the whole list is known. */
    async readAll(): Promise<void> {
      if (progress.peek() === 'loading') return;
      let attempts = 0;
      progress.value = 'loading';
      while (!isComplete(state.peek())) {
        const outcome = await read();
        attempts = outcome === 'added' ? 0 : attempts + 1;
        if (outcome === 'failed' || attempts >= ATTEMPTS_MAX) {
          progress.value = 'failed';
          return;
        }
      }
      progress.value = 'idle';
    },
    /** Called with each change after it has been applied. */
    onChange(change: QueueChange): void {
      arrived.push(change);
      const { anchor = null, epoch = -1, seq = -1 } = latest ?? {};
      const late = change.epoch === epoch && change.seq <= seq;
      // The latest page was read behind an item that had moved already.
      if (late && anchor !== null && touches(change, anchor)) state.value = withGaps(state.peek());
      if (progress.peek() !== 'loading') arrived = [];
    },
    /** Called when a snapshot has replaced the state. */
    reset(): void {
      generation++;
      latest = null;
      arrived = [];
    },
  };
}

export type QueuePages = ReturnType<typeof createQueuePages>;
