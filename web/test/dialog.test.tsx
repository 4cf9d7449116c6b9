// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { Dialog } from '../src/ui/primitives';

afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

test('a dialog opens and closes with its content, and not a frame later', () => {
  // No frame is drawn during the test.
  vi.useFakeTimers();
  const show = (open: boolean) =>
    render(
      <Dialog open={open} onClose={() => undefined} title="People">
        <b>Ana</b>
      </Dialog>,
      document.body,
    );
  const seen = () => {
    const dialog = document.querySelector('dialog')!;
    return [dialog.open, dialog.textContent];
  };
  show(false);
  expect(seen()).toEqual([false, '']);
  show(true);
  expect(seen()).toEqual([true, 'PeopleAna']);
  show(false);
  expect(seen()).toEqual([false, '']);
});
