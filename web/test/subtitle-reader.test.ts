/** A worker reads a file, and the page survives whatever the worker does. */
import { beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import { type Cue, NOTHING_LEFT_OUT } from '../src/subtitles/cue';
import { type ReaderAnswer, type ReaderRequest, type ReaderWorker, readInWorker } from '../src/subtitles/reader';
import { after } from './support/timers';

class FakeWorker implements ReaderWorker {
  onmessage: ReaderWorker['onmessage'] = null;
  onerror: ReaderWorker['onerror'] = null;
  asked: ReaderRequest[] = [];
  ended = false;
  postMessage = (request: ReaderRequest) => void this.asked.push(request);
  terminate = () => void (this.ended = true);
  answer = (data: ReaderAnswer) => this.onmessage?.({ data } as MessageEvent<ReaderAnswer>);
}

const request: ReaderRequest = { file: new Blob(['x']), languages: ['en'], encoding: null };
const about = { format: 'srt', encoding: 'utf-8', guessed: false, leftOut: NOTHING_LEFT_OUT } as const;
const cue = (start: number): Cue => ({ start, end: start + 1, lines: [], place: null, align: 'center' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the page', () => {
  let worker: FakeWorker;
  beforeEach(() => (worker = new FakeWorker()));
  const read = () => readInWorker(request, { startWorker: () => worker, after });

  test('collects the cues that come in several messages, and ends the worker', async () => {
    const result = read();
    expect(worker.asked).toEqual([request]);
    worker.answer({ kind: 'cues', cues: [cue(1)] });
    worker.answer({ kind: 'cues', cues: [cue(2)] });
    worker.answer({ kind: 'read', file: about });
    expect(await result).toEqual({ ...about, cues: [cue(1), cue(2)] });
    expect([worker.ended, vi.getTimerCount()]).toEqual([true, 0]);
  });

  test('learns that a format is unknown', async () => {
    const result = read();
    worker.answer({ kind: 'unknown', file: { format: null, encoding: 'utf-8', guessed: false } });
    expect(await result).toMatchObject({ format: null });
  });

  test('gives up on a worker that fails, gives no answer, or cannot be started', async () => {
    const failed = read();
    worker.onerror?.({} as ErrorEvent);
    expect([await failed, worker.ended]).toEqual(['failed', true]);
    worker = new FakeWorker();
    const silent = read();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([await silent, worker.ended]).toEqual(['failed', true]);
    const refused = () => {
      throw new Error('refused');
    };
    expect(await readInWorker(request, { startWorker: refused, after })).toBe('failed');
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('the worker answers in parts that the page takes between two frames', async () => {
  const sent: ReaderAnswer[] = [];
  const scope = {
    onmessage: null as ((event: { data: ReaderRequest }) => Promise<void>) | null,
    postMessage: (m: ReaderAnswer) => sent.push(m),
  };
  vi.stubGlobal('self', scope);
  await import('../src/subtitles/reader.worker');
  const text = Array.from({ length: 2500 }, () => '00:00:01,000 --> 00:00:02,000\nx\n\n').join('');
  await scope.onmessage!({ data: { file: new Blob([text]), languages: ['en'], encoding: null } });
  expect(sent.map((message) => (message.kind === 'cues' ? message.cues.length : message.kind))).toEqual([
    1000,
    1000,
    500,
    'read',
  ]);
  sent.length = 0;
  await scope.onmessage!({ data: { file: new Blob(['nothing']), languages: ['en'], encoding: null } });
  expect(sent.map(({ kind }) => kind)).toEqual(['unknown']);
  vi.unstubAllGlobals();
});
