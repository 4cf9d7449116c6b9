/**
 * Delivers the events of a room exactly once and in order (SQ1, SQ2). Requests missing events until they arrive, and
 * buffers newer events meanwhile.
 */
import { batch } from '@preact/signals';
import { Mismatch } from '../protocol/check';
import { type Ack, type ResumeAnswer, type ServerEvent, readEvent, resumeAnswer } from '../protocol/messages';
import { type Revision, EventOrder } from '../room/event-order';
import { backoff } from '../net/backoff';

export interface EventStreamPorts {
  /** Sends `resume` to request the events after a revision. */
  requestResume(revision: Revision): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
  random(): number;
  apply(event: ServerEvent): void;
  loadSnapshot(snapshot: NonNullable<ResumeAnswer['snapshot']>): void;
  /** Called when the server does not know this client as a member of the room. */
  onUnknownMember(): void;
}

/** A clock answer may arrive shortly before an event of the same revision. Only a lead that lasts is a gap. */
const GAP_CONFIRM_MS = 600;
const RETRY_MS = [500, 1000, 2000, 4000] as const;

export function createEventStream({ requestResume, after, random, apply, loadSnapshot, onUnknownMember }: EventStreamPorts) {
  const order = new EventOrder();
  const pause = backoff(RETRY_MS, random);
  /** Events received while a gap is being filled; null when there is no gap. */
  let buffered: ServerEvent[] | null = null;
  /** Revision that the server announced while a gap was being filled. */
  let announced: Revision | null = null;
  /** Counts the snapshots taken over; an answer requested before the latest one is ignored. */
  let generation = 0;
  let cancelRetry: (() => void) | null = null;

  /** Starts from a complete state of the room, or from none. */
  function reset(revision: Revision | null): void {
    generation++;
    cancelRetry?.();
    cancelRetry = null;
    buffered = null;
    announced = null;
    pause.reset();
    order.reset(revision);
  }

  function receive(event: ServerEvent): void {
    const revision = event.payload as { epoch?: number; seq?: number; since?: number };
    if (buffered !== null && revision.seq !== undefined) {
      buffered.push(event);
      return;
    }
    const verdict = order.offer(eventKey(event), revision.epoch, revision.seq, revision.since);
    if (verdict === 'duplicate') return;
    if (verdict === 'apply') {
      apply(event);
      return;
    }
    buffered = [event];
    void fillGap();
  }

  /** Applies an event of a `resume` answer. The server guarantees that nothing before it is missing. */
  function replay(event: ServerEvent): void {
    const { epoch, seq, since } = event.payload as { epoch?: number; seq?: number; since?: number };
    const mark = eventKey(event);
    const verdict = order.offer(mark, epoch, seq, since);
    if (verdict === 'gap' && epoch !== undefined && seq !== undefined) order.jumpTo(mark, { epoch, seq });
    if (verdict !== 'duplicate') apply(event);
  }

  /** Requests all events after the current revision, and retries while the server cannot answer. */
  async function fillGap(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    const revision = order.current;
    if (revision === null) return;
    buffered ??= [];
    const mine = generation;
    const ack = await requestResume(revision);
    if (mine !== generation) return;
    if (ack.ok) {
      batch(() => onResumeAnswer(ack, revision));
    } else if (ack.retryable) {
      cancelRetry = after(pause.next(), () => void fillGap());
    } else {
      reset(null);
      onUnknownMember();
    }
  }

  function onResumeAnswer(ack: Ack, revision: Revision): void {
    const waiting = buffered ?? [];
    const goal = announced;
    buffered = null;
    announced = null;
    pause.reset();
    try {
      const answer = resumeAnswer(ack, 'resume');
      if (answer.snapshot !== undefined) {
        loadSnapshot(answer.snapshot);
        order.reset({ epoch: answer.epoch, seq: answer.seq });
      } else if (answer.epoch !== revision.epoch || answer.seq < revision.seq) {
        // No events lead from our revision to the server's: continue from the server's.
        order.reset({ epoch: answer.epoch, seq: answer.seq });
      }
      for (const [name, payload] of answer.events ?? []) {
        const event = readEvent(name, payload);
        if (event instanceof Mismatch) console.warn(`Ignored a malformed message: ${event.message}`);
        else replay(event);
      }
      order.advance({ epoch: answer.epoch, seq: answer.seq });
    } catch (problem) {
      console.warn('The answer to resume cannot be read', problem);
      return;
    }
    for (const event of waiting) receive(event);
    if (goal !== null && buffered === null && order.isBehind(goal.epoch, goal.seq)) void fillGap();
  }

  function retryNow(): void {
    if (cancelRetry !== null) void fillGap();
  }

  return {
    reset,
    receive,
    /** Handles the revision that came with a clock answer. */
    onClockRevision(epoch: number, seq: number): void {
      if (!order.isBehind(epoch, seq)) return;
      after(GAP_CONFIRM_MS, () => {
        if (buffered === null && order.isBehind(epoch, seq)) void fillGap();
      });
    },
    /** Handles the revision that the server sent in order with its events. */
    onStreamPosition(epoch: number, seq: number): void {
      if (buffered !== null) {
        announced = { epoch, seq };
        retryNow();
      } else if (order.differsFrom(epoch, seq)) void fillGap();
    },
    /** Sends a delayed retry now, because the room is available again. */
    retryNow,
  };
}

/** Returns a key that tells the events of one change apart. */
function eventKey(event: ServerEvent): string {
  const payload = event.payload as {
    userId?: string;
    user?: { id: string };
    message?: { id: string };
    messageId?: string;
    knockId?: string;
  };
  const id = payload.messageId ?? payload.userId ?? payload.user?.id ?? payload.message?.id ?? payload.knockId;
  // Votes may follow another change of the queue with the same seq (QU12).
  const parts = event.name === 'queue-changed' && Object.keys(payload).join();
  return [event.name, id, parts].filter(Boolean).join(' ');
}

export type EventStream = ReturnType<typeof createEventStream>;
