// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lazyComponent } from '../src/ui/lazy';

let root: HTMLElement;
const drawn = () => vi.advanceTimersByTimeAsync(20);

function Greeting({ name }: { name: string }) {
  return <b>Hello {name}</b>;
}

/** A loader whose answers the test gives. */
function loader() {
  const calls: { done(component?: typeof Greeting): void; fail(): void }[] = [];
  const load = () =>
    new Promise<typeof Greeting>((resolve, reject) =>
      calls.push({ done: (component = Greeting) => resolve(component), fail: () => reject(new TypeError('Failed to fetch')) }),
    );
  return { calls, load };
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="app"></div>';
  root = document.getElementById('app')!;
  return async () => {
    render(null, root);
    await drawn();
    vi.useRealTimers();
  };
});

describe('a component whose code loads when it is shown', () => {
  test('shows the fallback, then itself, with the props of now', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load, ({ name }) => <i>Wait, {name}</i>);
    expect(calls).toHaveLength(0);
    render(<Lazy name="Ana" />, root);
    expect([root.textContent, calls.length]).toEqual(['Wait, Ana', 1]);
    render(<Lazy name="Ben" />, root);
    expect([root.textContent, calls.length]).toEqual(['Wait, Ben', 1]);
    calls[0]!.done();
    await drawn();
    expect(root.innerHTML).toBe('<b>Hello Ben</b>');
  });

  test('shows nothing meanwhile, where there is no fallback', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    render(<Lazy name="Ana" />, root);
    expect(root.innerHTML).toBe('');
    calls[0]!.done();
    await drawn();
    expect(root.textContent).toBe('Hello Ana');
  });

  test('is loaded once for all its places, and shown at once the next time', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    render([<Lazy key="1" name="Ana" />, <Lazy key="2" name="Ben" />], root);
    calls[0]!.done();
    await drawn();
    expect([root.textContent, calls.length]).toEqual(['Hello AnaHello Ben', 1]);
    render(null, root);
    render(<Lazy name="Cem" />, root);
    expect([root.textContent, calls.length]).toEqual(['Hello Cem', 1]);
  });

  test('can be loaded before it is shown, once', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    for (let i = 0; i < 3; i++) Lazy.preload();
    calls[0]!.done();
    await drawn();
    Lazy.preload();
    render(<Lazy name="Ana" />, root);
    expect([root.textContent, calls.length]).toEqual(['Hello Ana', 1]);
  });

  test('that fails to load is tried again every two seconds, until it loads', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load, () => <i>Wait</i>);
    render(<Lazy name="Ana" />, root);
    for (let failed = 1; failed <= 5; failed++) {
      calls.at(-1)!.fail();
      await vi.advanceTimersByTimeAsync(1999);
      expect([calls.length, root.textContent]).toEqual([failed, 'Wait']);
      await vi.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(failed + 1);
    }
    calls.at(-1)!.done();
    await drawn();
    expect(root.textContent).toBe('Hello Ana');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toHaveLength(6);
  });

  test('that fails to load is tried no more often because it is drawn again', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    render(<Lazy name="Ana" />, root);
    calls[0]!.fail();
    for (let drawing = 0; drawing < 40; drawing++) {
      await vi.advanceTimersByTimeAsync(40);
      render(<Lazy name={`Ana ${drawing}`} />, root);
      Lazy.preload();
    }
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(2);
  });

  test('that was left before it loaded breaks nothing', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    render(<Lazy name="Ana" />, root);
    render(null, root);
    calls[0]!.done();
    await drawn();
    expect(root.innerHTML).toBe('');
  });

  test('keeps its state when the page around it changes', async () => {
    const { calls, load } = loader();
    const Lazy = lazyComponent(load);
    const name = signal('Ana');
    const Page = () => <Lazy name={name.value} />;
    render(<Page />, root);
    calls[0]!.done();
    await drawn();
    const before = root.firstElementChild;
    name.value = 'Ben';
    await drawn();
    expect(root.textContent).toBe('Hello Ben');
    expect(root.firstElementChild).toBe(before);
  });
});
