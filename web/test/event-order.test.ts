import { describe, expect, test } from 'vitest';
import { EventOrder, type Verdict } from '../src/room/event-order';

function at(epoch: number, seq: number): EventOrder {
  const stream = new EventOrder();
  stream.reset({ epoch, seq });
  return stream;
}

describe('SQ1 one event, with the order at epoch 2, seq 10', () => {
  test.each<{ case: string; mark: string; epoch?: number; seq?: number; verdict: Verdict }>([
    { case: 'the next one', mark: 'a', epoch: 2, seq: 11, verdict: 'apply' },
    { case: 'one too far', mark: 'a', epoch: 2, seq: 12, verdict: 'gap' },
    { case: 'an old one', mark: 'a', epoch: 2, seq: 9, verdict: 'duplicate' },
    { case: 'the one we stand at, which the taken state holds', mark: 'a', epoch: 2, seq: 10, verdict: 'duplicate' },
    { case: 'another life of the room, later', mark: 'a', epoch: 3, seq: 1, verdict: 'gap' },
    { case: 'another life of the room, earlier', mark: 'a', epoch: 1, seq: 99, verdict: 'duplicate' },
    { case: 'an event without a place', mark: 'a', verdict: 'apply' },
    { case: 'a timeline on demand, of the change we stand at', mark: 'timeline', epoch: 2, seq: 10, verdict: 'apply' },
    { case: 'a timeline on demand, of an older change', mark: 'timeline', epoch: 2, seq: 4, verdict: 'apply' },
    { case: 'a timeline of a change we have not seen', mark: 'timeline', epoch: 2, seq: 13, verdict: 'gap' },
  ])('$case: $verdict', ({ mark, epoch, seq, verdict }) => {
    expect(at(2, 10).offer(mark, epoch, seq)).toBe(verdict);
  });
});

describe('PS4 an event with `since`, with the order at epoch 2, seq 10', () => {
  test.each<{ case: string; mark: string; since: number; seq: number; epoch?: number; verdict: Verdict }>([
    { case: 'what follows on untold changes', mark: 'a', since: 10, seq: 14, verdict: 'apply' },
    { case: 'what follows on changes that this page knows by its entry', mark: 'a', since: 7, seq: 14, verdict: 'apply' },
    { case: 'what follows on something that was missed', mark: 'a', since: 11, seq: 14, verdict: 'gap' },
    { case: 'an old one', mark: 'a', since: 5, seq: 9, verdict: 'duplicate' },
    { case: 'of another life of the room', mark: 'a', since: 5, seq: 14, epoch: 3, verdict: 'gap' },
    { case: 'how people stand where we stand', mark: 'presence', since: 10, seq: 10, verdict: 'apply' },
    { case: 'how people stood before', mark: 'presence', since: 5, seq: 9, verdict: 'duplicate' },
  ])('$case: $verdict', ({ mark, epoch = 2, seq, since, verdict }) => {
    expect(at(2, 10).offer(mark, epoch, seq, since)).toBe(verdict);
  });

  test('advances, and the next event follows', () => {
    const stream = at(2, 10);
    stream.offer('presence', 2, 14, 10);
    expect(stream.current).toEqual({ epoch: 2, seq: 14 });
    expect(stream.offer('a', 2, 15)).toBe('apply');
  });
});

test('events of one change share its seq, and each comes once', () => {
  const stream = at(1, 5);
  expect(stream.offer('user-left u1', 1, 6)).toBe('apply');
  expect(stream.offer('user-promoted u2', 1, 6)).toBe('apply');
  expect(stream.offer('user-promoted u2', 1, 6)).toBe('duplicate');
  expect(stream.offer('user-left u1', 1, 6)).toBe('duplicate');
  expect(stream.offer('user-left u3', 1, 7)).toBe('apply');
  expect(stream.current).toEqual({ epoch: 1, seq: 7 });
});

test('a gap does not advance', () => {
  const stream = at(1, 5);
  stream.offer('a', 1, 8);
  expect(stream.current).toEqual({ epoch: 1, seq: 5 });
});

test('advance never goes back within an epoch', () => {
  const stream = at(1, 5);
  stream.advance({ epoch: 1, seq: 3 });
  expect(stream.current).toEqual({ epoch: 1, seq: 5 });
  stream.advance({ epoch: 1, seq: 9 });
  expect(stream.current).toEqual({ epoch: 1, seq: 9 });
  stream.advance({ epoch: 2, seq: 0 });
  expect(stream.current).toEqual({ epoch: 2, seq: 0 });
});

test('isBehind reveals a gap that no event has shown', () => {
  const stream = at(1, 5);
  expect(stream.isBehind(1, 5)).toBe(false);
  expect(stream.isBehind(1, 6)).toBe(true);
  expect(stream.isBehind(2, 0)).toBe(true);
  expect(new EventOrder().isBehind(1, 6)).toBe(false);
});

test('outside a room every event applies', () => {
  expect(new EventOrder().offer('a', 1, 99)).toBe('apply');
});

test('CH9 reactions describe a message as it is, so they apply again at the same seq', () => {
  const stream = at(1, 5);
  expect(stream.offer('message-reactions m1', 1, 6)).toBe('apply');
  expect(stream.offer('message-reactions m1', 1, 6)).toBe('apply');
  expect(stream.offer('message-reactions m2', 1, 5)).toBe('duplicate');
});
