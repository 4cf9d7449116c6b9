/** A queue as a server keeps it: commands change it, and each gives the event about the change (QU12). */
import type { QueueChange, QueueItem, QueuePage, QueueState } from '../../src/protocol/queue';
import type { Random } from './random';

const SPACING = 1 << 20;

export function aQueueItem(over: Partial<QueueItem> = {}): QueueItem {
  return {
    itemId: 'i1',
    videoUrl: 'https://films.example/a.mp4',
    videoType: 'video',
    title: null,
    duration: 0,
    poster: null,
    userId: 'u1',
    userName: 'Ana',
    addedAt: '2026-01-01T20:00:00.000Z',
    votes: 0,
    rank: SPACING,
    ...over,
  };
}

export function aQueue(over: Partial<QueueState> = {}): QueueState {
  const items = over.items ?? [];
  return {
    items,
    total: items.length,
    mode: { loop: 'none', autoplay: true, order: 'manual' },
    current: null,
    played: [],
    skip: { votes: 0, needed: 1 },
    voted: [],
    votedSkip: false,
    ...over,
  };
}

export class QueueModel {
  items: QueueItem[] = [];
  current: QueueItem | null = null;
  played: QueueState['played'] = [];
  mode: QueueState['mode'] = { loop: 'none', autoplay: true, order: 'manual' };
  epoch = 1;
  seq = 1;
  private nextId = 0;

  snapshot(first = 50): QueueState {
    const { items, mode, current, played } = this;
    return aQueue({ items: items.slice(0, first), total: items.length, mode, current, played });
  }

  /** Returns the page after an item; from the first when that is not in the list (QU13). */
  page(after: string | undefined, limit: number): QueuePage {
    const from = after === undefined ? 0 : this.items.findIndex((item) => item.itemId === after) + 1;
    const items = this.items.slice(from, from + limit);
    const more = from + limit < this.items.length;
    return { items, next: more ? items.at(-1)!.itemId : null, total: this.items.length, epoch: this.epoch, seq: this.seq };
  }

  private event(change: Partial<QueueChange>): QueueChange {
    return { ...change, userId: 'u1', epoch: this.epoch, seq: ++this.seq } as QueueChange;
  }

  add(count: number, place: 'end' | 'next'): QueueChange {
    const first = this.items[0]?.rank ?? SPACING;
    const last = this.items.at(-1)?.rank ?? 0;
    const added = Array.from({ length: count }, (_, n) => {
      const rank = place === 'end' ? last + (n + 1) * SPACING : first - (count - n) * SPACING;
      return aQueueItem({ itemId: `i${this.nextId++}`, rank });
    });
    this.items = place === 'end' ? [...this.items, ...added] : [...added, ...this.items];
    return this.event({ added });
  }

  remove(at: number): QueueChange {
    return this.event({ removed: this.items.splice(at, 1).map((item) => item.itemId) });
  }

  /** Moves an item; the ranks of all are spaced anew when there is no room, or when the test wants it. */
  move(from: number, to: number, anew: boolean): QueueChange {
    const [item] = this.items.splice(from, 1);
    this.items.splice(to, 0, item!);
    const before = this.items[to - 1]?.rank;
    const after = this.items[to + 1]?.rank;
    const rank = Math.floor(((before ?? (after ?? 0) - 2 * SPACING) + (after ?? (before ?? 0) + 2 * SPACING)) / 2);
    if (!anew && rank !== before && rank !== after) return this.event({ moved: [this.rerank(to, rank)] });
    const moved = this.items.map((_, index) => this.rerank(index, (index + 1) * SPACING));
    return this.event({ moved });
  }

  shuffle(random: Random): QueueChange {
    const keyed = this.items.map((item) => ({ item, key: random.next() })).sort((a, b) => a.key - b.key);
    this.items = keyed.map(({ item }) => item);
    return this.event({ moved: this.items.map((_, index) => this.rerank(index, (index + 1) * SPACING)) });
  }

  private rerank(index: number, rank: number): { itemId: string; rank: number } {
    this.items[index] = { ...this.items[index]!, rank };
    return { itemId: this.items[index].itemId, rank };
  }

  vote(at: number, votes: number): QueueChange {
    this.items[at] = { ...this.items[at]!, votes };
    return this.event({ votes: [{ itemId: this.items[at].itemId, votes }] });
  }

  describe(at: number, title: string): QueueChange {
    this.items[at] = { ...this.items[at]!, title };
    return this.event({ changed: [{ itemId: this.items[at].itemId, title }] });
  }

  /** Shows an item of the list. */
  play(at: number): QueueChange {
    const [item] = this.items.splice(at, 1);
    const played = this.current === null ? undefined : { ...this.current, endedAt: '2026-01-01T21:00:00.000Z' };
    if (played !== undefined) this.played = [...this.played, played].slice(-50);
    this.current = { ...item!, votes: 0 };
    return this.event({ removed: [item!.itemId], current: this.current, ...(played !== undefined && { played }) });
  }

  /** Shows the newest played item again, and puts the current one in front of the list. */
  previous(): QueueChange | null {
    const newest = this.played.at(-1);
    if (newest === undefined || this.current === null) return null;
    const item = { ...newest, endedAt: undefined } as QueueItem;
    delete (item as Partial<typeof newest>).endedAt;
    this.played = this.played.slice(0, -1);
    const back = { ...this.current, rank: (this.items[0]?.rank ?? SPACING) - SPACING };
    this.items = [back, ...this.items];
    this.current = item;
    return this.event({ added: [back], current: item, unplayed: item.itemId });
  }

  clear(): QueueChange {
    return this.event({ removed: this.items.splice(0).map((item) => item.itemId) });
  }

  setMode(mode: Partial<QueueState['mode']>): QueueChange {
    this.mode = { ...this.mode, ...mode };
    return this.event({ mode: this.mode });
  }

  /** Changes something at random; null when nothing could be changed. */
  step(random: Random): QueueChange | null {
    const any = () => random.whole(0, this.items.length - 1);
    const kind = random.whole(0, 19);
    if (this.items.length === 0 || kind < 4) return this.add(random.whole(1, 12), random.pick(['end', 'next']));
    if (kind < 7) return this.remove(any());
    if (kind < 11) return this.move(any(), any(), random.next() < 0.2);
    if (kind < 14) return this.vote(any(), random.whole(0, 9));
    if (kind < 16) return this.describe(any(), `Title ${random.whole(0, 99)}`);
    if (kind < 17) return this.play(any());
    if (kind < 18) return this.previous();
    if (kind < 19) return random.next() < 0.3 ? this.clear() : this.shuffle(random);
    return this.setMode({ order: random.pick(['manual', 'votes']), loop: random.pick(['none', 'one', 'all']) });
  }
}
