/** A frame that is never loaded: what is posted to it is recorded, and messages can come from it. */
import { vi } from 'vitest';

export class FakeFrame {
  readonly posted: unknown[] = [];
  readonly element: HTMLIFrameElement;
  private readonly contentWindow = {
    postMessage: (message: unknown, origin: string) => void this.posted.push([message, origin]),
  };

  constructor() {
    this.element = Object.assign(document.createElement('div'), {
      contentWindow: this.contentWindow,
    }) as unknown as HTMLIFrameElement;
  }

  /** Posts a message to the page as this frame. */
  say(data: unknown, origin: string, source: unknown = this.contentWindow): void {
    const event = new MessageEvent('message', { data, origin });
    Object.defineProperty(event, 'source', { value: source });
    window.dispatchEvent(event);
  }

  /** Returns what was posted since the last call, without the origin. */
  take(): unknown[] {
    return this.posted.splice(0).map((entry) => (entry as unknown[])[0]);
  }
}

/** Makes the document create fake frames, and returns the last one. */
export function useFakeFrames(): () => FakeFrame {
  let last: FakeFrame | null = null;
  const create = document.createElement.bind(document);
  vi.spyOn(document, 'createElement').mockImplementation(((name: string) => {
    if (name !== 'iframe') return create(name);
    last = new FakeFrame();
    return last.element;
  }) as typeof document.createElement);
  return () => last!;
}
