/**
 * Renders the whole page over a fake socket. The test mocks `socket.io-client` itself.
 */
import { render } from 'preact';
import { vi } from 'vitest';
import type { App } from '../../src/app/app';
import { currentSocket, registry } from './fake-socket';
import { joined } from './wire';

export function createPageHarness() {
  let app: App;
  let root: HTMLElement;
  const socket = currentSocket;
  const drawn = () => vi.advanceTimersByTimeAsync(50);
  /** Waits for code that loads on demand. */
  async function loaded(): Promise<void> {
    await drawn();
    await vi.dynamicImportSettled();
    await drawn();
  }
  /** Renders changes without letting time pass. */
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
    await loaded();
  }

  async function inside(over: Record<string, unknown> = {}): Promise<void> {
    await open('/room/ABC123');
    app.session.join('ABC123', 'Ana');
    socket().acceptConnection();
    socket().receive('room-joined', joined({ epoch: 1, seq: 5, ...over }));
    await loaded();
  }

  /** Returns the controls without an accessible name. */
  function nameless(): string[] {
    return all('button, a[href], input, textarea')
      .filter((element) => {
        const labelled = element.closest('label') !== null || root.querySelector(`label[for="${element.id}"]`) !== null;
        return !labelled && (element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '') === '';
      })
      .map((element) => element.outerHTML);
  }

  /** For `beforeEach`: resets storage, timers and sockets. */
  function fresh(): () => Promise<void> {
    vi.useFakeTimers();
    sessionStorage.clear();
    localStorage.clear();
    registry.sockets.length = 0;
    return async () => {
      render(null, root);
      // Preact's pending work must run before the fake timers end, or it would wait for ever.
      await drawn();
      vi.useRealTimers();
    };
  }

  return {
    socket, drawn, redrawn, loaded, all, text, named, field, type, press, submit, open, inside, nameless, fresh,
    get app() {
      return app;
    },
    get root() {
      return root;
    },
  }; // prettier-ignore
}
