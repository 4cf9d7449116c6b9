/**
 * The room's stream of events: each once, in order, and nothing missing (SQ1, SQ2). What is missing is asked for until it is there;
 * what arrives meanwhile is kept for afterwards.
 */
import { batch } from '@preact/signals';
import { Mismatch } from '../protocol/check';
import { type Ack, type ResumeAnswer, type ServerEvent, readEvent, resumeAnswer } from '../protocol/messages';
import { type Place, Stream } from '../room/stream';
import { backoff } from '../net/backoff';

export interface FeedPorts {
  /** Asks for what is missing (`resume`). */
  ask(place: Place): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  chance(): number;
  apply(event: ServerEvent): void;
  takeSnapshot(snapshot: NonNullable<ResumeAnswer['snapshot']>): void;
  /** The server does not know this page as a member of the room. */
  onStranger(): void;
}

/** A clock answer may overtake an event by a moment; only a lasting lead is a hole. */
const BEHIND_PATIENCE_MS = 600;
const RETRY_MS = [500, 1000, 2000, 4000] as const;

export function createFeed({ ask, after, chance, apply, takeSnapshot, onStranger }: FeedPorts) {
  const stream = new Stream();
  const pause = backoff(RETRY_MS, chance);
  /** Events that came while a hole is being filled; null: there is none. */
  let held: ServerEvent[] | null = null;
  /** What the server said of its position while a hole was being filled. */
  let told: Place | null = null;
  /** Counts the states that were taken over: an answer from before one says nothing. */
  let life = 0;
  let cancelRetry: (() => void) | null = null;

  /** A whole state of the room was taken over, or there is none any more. */
  function reset(place: Place | null): void {
    life++;
    cancelRetry?.();
    cancelRetry = null;
    held = null;
    told = null;
    pause.reset();
    stream.reset(place);
  }

  function receive(event: ServerEvent): void {
    const place = event.payload as { epoch?: number; seq?: number; since?: number };
    if (held !== null && place.seq !== undefined) {
      held.push(event);
      return;
    }
    const verdict = stream.offer(markOf(event), place.epoch, place.seq, place.since);
    if (verdict === 'duplicate') return;
    if (verdict === 'apply') {
      apply(event);
      return;
    }
    held = [event];
    void fill();
  }

  /** An event of the answer: that nothing is missing before it is the server's word. */
  function catchUp(event: ServerEvent): void {
    const { epoch, seq, since } = event.payload as { epoch?: number; seq?: number; since?: number };
    const mark = markOf(event);
    const verdict = stream.offer(mark, epoch, seq, since);
    if (verdict === 'gap' && epoch !== undefined && seq !== undefined) stream.leap(mark, { epoch, seq });
    if (verdict !== 'duplicate') apply(event);
  }

  /** Asks for all that is after our place; again and again as long as the server cannot tell. */
  async function fill(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    const place = stream.at;
    if (place === null) return;
    held ??= [];
    const mine = life;
    const ack = await ask(place);
    if (mine !== life) return;
    if (ack.ok) {
      batch(() => filled(ack, place));
    } else if (ack.retryable) {
      cancelRetry = after(pause.next(), () => void fill());
    } else {
      reset(null);
      onStranger();
    }
  }

  function filled(ack: Ack, place: Place): void {
    const waiting = held ?? [];
    const goal = told;
    held = null;
    told = null;
    pause.reset();
    try {
      const answer = resumeAnswer(ack, 'resume');
      if (answer.snapshot !== undefined) {
        takeSnapshot(answer.snapshot);
        stream.reset({ epoch: answer.epoch, seq: answer.seq });
      } else if (answer.epoch !== place.epoch || answer.seq < place.seq) {
        // Nothing leads from our place to the server's: what comes from now on counts.
        stream.reset({ epoch: answer.epoch, seq: answer.seq });
      }
      for (const [name, payload] of answer.events ?? []) {
        const event = readEvent(name, payload);
        if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
        else catchUp(event);
      }
      stream.advance({ epoch: answer.epoch, seq: answer.seq });
    } catch (problem) {
      console.warn('The answer to resume cannot be read', problem);
      return;
    }
    for (const event of waiting) receive(event);
    if (goal !== null && held === null && stream.behind(goal.epoch, goal.seq)) void fill();
  }

  function hurry(): void {
    if (cancelRetry !== null) void fill();
  }

  return {
    reset,
    receive,
    /** The server named its position in passing, with an answer of its clock. */
    onClock(epoch: number, seq: number): void {
      if (!stream.behind(epoch, seq)) return;
      after(BEHIND_PATIENCE_MS, () => {
        if (held === null && stream.behind(epoch, seq)) void fill();
      });
    },
    /** The server says where the stream stands, in order with the events. */
    onPosition(epoch: number, seq: number): void {
      if (held !== null) {
        told = { epoch, seq };
        hurry();
      } else if (stream.elsewhere(epoch, seq)) void fill();
    },
    /** The room is back: a question that waits to be asked again is asked now. */
    hurry,
  };
}

/** Tells the events of one change apart. */
function markOf(event: ServerEvent): string {
  const payload = event.payload as { userId?: string; user?: { id: string }; message?: { id: string } };
  return [event.name, payload.userId ?? payload.user?.id ?? payload.message?.id].filter(Boolean).join(' ');
}

export type Feed = ReturnType<typeof createFeed>;
