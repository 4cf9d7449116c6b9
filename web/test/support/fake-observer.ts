/** Replaces the browser's observer of what is on the screen. */
import { vi } from 'vitest';

/** Observers of what is on the screen: the test says what that is. */
export const observers: { run: IntersectionObserverCallback; on: Element[] }[] = [];
export class FakeObserver {
  private readonly mine: { run: IntersectionObserverCallback; on: Element[] };
  constructor(run: IntersectionObserverCallback) {
    observers.push((this.mine = { run, on: [] }));
  }
  observe = (element: Element) => void this.mine.on.push(element);
  disconnect = () => void observers.splice(observers.indexOf(this.mine), 1);
}

/** Reports that the observed elements of a selector are on the screen. */
export async function appears(selector: string): Promise<void> {
  for (const { run, on } of [...observers]) {
    const seen = on.filter((element) => element.matches(selector));
    if (seen.length > 0) run(seen.map((target) => ({ isIntersecting: true, target })) as never, undefined as never);
  }
  await vi.advanceTimersByTimeAsync(100);
}
