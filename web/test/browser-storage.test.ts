import { beforeEach, describe, expect, test } from 'vitest';
import { createBrowserStorage } from '../src/net/browser-storage';
import { SessionHarness } from './support/session-harness';

let harness: SessionHarness;
beforeEach(() => {
  harness = new SessionHarness();
});

describe('browser storage', () => {
  test.each(['{', 'null', '5', '{"roomId":5}', '{"roomId":"ABC123"}', '[]'])('%s in the storage is no seat', (kept) => {
    harness.tab.setItem('wnc.seat', kept);
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
  });

  test('a refused storage keeps nothing and throws nothing', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const shut = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
    const memory = createBrowserStorage(shut, shut);
    memory.saveSeat({ roomId: 'ABC123', name: 'Ana' });
    memory.saveHostToken('ABC123', 't');
    memory.saveName('Ana');
    memory.removeSeat();
    memory.removeHostToken('ABC123');
    expect(memory.loadSeat('ABC123')).toBeNull();
    expect(memory.loadHostToken('ABC123')).toBeUndefined();
    expect(memory.loadName()).toBe('');
  });
});
