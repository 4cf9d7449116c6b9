/** The whole page over a line that a test holds the other end of. The test itself mocks `socket.io-client`, with its own list. */
import { render } from 'preact';
import { vi } from 'vitest';
import type { App } from '../../src/app/app';
import type { FakeSocket } from './fake-line';
import { joined } from './wire';

export function aPage(wire: { sockets: unknown[] }) {
  let app: App;
  let root: HTMLElement;
  const socket = () => wire.sockets.at(-1) as FakeSocket;
  const drawn = () => vi.advanceTimersByTimeAsync(50);
  /** Draws what has changed, and lets no time pass. */
  const redrawn = () => vi.advanceTimersByTimeAsync(0);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const text = () => root.textContent ?? '';

  function named(selector: string, name: string): HTMLElement {
    const found = all(selector).find((element) => (element.getAttribute('aria-label') ?? element.textContent?.trim()) === name);
    if (found === undefined) throw new Error(`no ${selector} named ${name} in: ${all(selector).map((e) => e.outerHTML.slice(0, 60)).join('\n')}`); // prettier-ignore
    return found;
  }

  function field(label: string): HTMLInputElement {
    const id = all('label')
      .find((element) => element.textContent === label)
      ?.getAttribute('for');
    return root.querySelector<HTMLInputElement>(`[id="${id}"]`)!;
  }

  async function type(element: HTMLElement, value: string): Promise<void> {
    (element as HTMLInputElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
  }

  async function press(element: EventTarget, key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    element.dispatchEvent(event);
    await drawn();
    return event;
  }

  async function submit(): Promise<void> {
    root.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
  }

  async function open(path: string): Promise<void> {
    history.replaceState(null, '', path);
    vi.resetModules();
    const [{ createApp }, { AppContext }, { Root }] = await Promise.all([
      import('../../src/app/app'),
      import('../../src/ui/context'),
      import('../../src/ui/root'),
    ]);
    app = createApp();
    document.body.innerHTML = '<div id="app"></div>';
    root = document.getElementById('app')!;
    render(
      <AppContext.Provider value={app}>
        <Root />
      </AppContext.Provider>,
      root,
    );
    await drawn();
  }

  async function inside(over: Record<string, unknown> = {}): Promise<void> {
    await open('/room/ABC123');
    app.session.join('ABC123', 'Ana');
    socket().accept();
    socket().tell('room-joined', joined({ epoch: 1, seq: 5, ...over }));
    await drawn();
  }

  /** What can be operated but has no name for those who listen. */
  function nameless(): string[] {
    return all('button, a[href], input, textarea')
      .filter((element) => {
        const labelled = element.closest('label') !== null || root.querySelector(`label[for="${element.id}"]`) !== null;
        return !labelled && (element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '') === '';
      })
      .map((element) => element.outerHTML);
  }

  /** For `beforeEach`: nothing is left of the test before. */
  function fresh(): () => Promise<void> {
    vi.useFakeTimers();
    sessionStorage.clear();
    localStorage.clear();
    wire.sockets.length = 0;
    return async () => {
      render(null, root);
      // What Preact still means to do after its last picture must not be lost with the clock: it would wait for it for ever.
      await drawn();
      vi.useRealTimers();
    };
  }

  return {
    socket, drawn, redrawn, all, text, named, field, type, press, submit, open, inside, nameless, fresh,
    get app() {
      return app;
    },
    get root() {
      return root;
    },
  }; // prettier-ignore
}
