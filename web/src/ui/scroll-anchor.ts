/**
 * Keeps what is read in its place while entries above it come, go or change their height. Browsers do so by themselves,
 * but WebKit does not; so it is done here for all of them.
 */

/** Below the top edge, so that an entry that is cut off or changes its first line is not the one that is kept. */
const BELOW_TOP_PX = 80;

export function createScrollAnchor() {
  let anchor: { element: Element; top: number } | null = null;

  const topIn = (log: HTMLElement, element: Element) => element.getBoundingClientRect().top - log.getBoundingClientRect().top;

  /** Finds the first entry below the edge in as many looks as the number of entries has binary digits. */
  function find(log: HTMLElement): Element | null {
    const entries = log.children;
    let low = 0;
    let high = entries.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (topIn(log, entries[middle]!) < BELOW_TOP_PX) low = middle + 1;
      else high = middle;
    }
    return entries[low] ?? null;
  }

  return {
    remember(log: HTMLElement): void {
      const element = find(log);
      anchor = element === null ? null : { element, top: topIn(log, element) };
    },
    restore(log: HTMLElement): void {
      if (anchor?.element.isConnected !== true) return;
      const moved = topIn(log, anchor.element) - anchor.top;
      if (moved !== 0) log.scrollTop += moved;
    },
  };
}
