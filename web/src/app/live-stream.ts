/** The state of a broadcast for the controls, and the delay that a host's page reports for the room (LS1). */
import { signal } from '@preact/signals';
import type { PlayerReading } from '../playback/controller-types';
import type { PlayerDriver } from '../playback/player-driver';
import type { RoomStore } from '../room/room-store';

export interface LiveDelayReport {
  item: number;
  delay: number;
  /** The delay in force, as this page knows it. */
  replaces: number | null;
}

const REPORT_EVERY_MS = 4000;
/** How long a viewer has been behind before it is offered to go back: most catch up by themselves. */
const BEHIND_SHOWN_AFTER_MS = 3000;

export interface LiveStreamPorts {
  room: RoomStore;
  driver: PlayerDriver;
  now(): number;
  /** Server time now; null while unknown. */
  serverNow(): number | null;
  report(report: LiveDelayReport): void;
}

export function createLiveStream({ room, driver, now, serverNow, report }: LiveStreamPorts) {
  /** Whether the film is a broadcast, which has no duration and cannot be sought. */
  const live = signal(false);
  /** Whether it has no time that all pages could follow. */
  const unsynced = signal(false);
  /** How far this viewer has fallen behind, whole s; 0 while it has not. */
  const behind = signal(0);
  /** Whether it has ended, and this player has shown the rest. */
  const liveOver = signal(false);
  let reportedAt = Number.NEGATIVE_INFINITY;
  let behindSince: number | null = null;

  function updateBehind(): void {
    const lag = driver.behind;
    behindSince = lag > 0 ? (behindSince ?? now()) : null;
    behind.value = behindSince !== null && now() - behindSince >= BEHIND_SHOWN_AFTER_MS ? Math.round(lag) : 0;
  }

  function reportDelay({ ready, live: isLive, programme }: PlayerReading): void {
    const timeline = room.timeline.peek();
    const server = serverNow();
    if (!ready || isLive === null || !programme || !room.isHost.peek() || timeline === null || server === null) return;
    if (now() - reportedAt < REPORT_EVERY_MS) return;
    const replaces = timeline.liveDelay ?? null;
    const delay = programme.proposeDelay(server, replaces);
    if (delay === null) return;
    reportedAt = now();
    report({ item: timeline.item, delay, replaces });
  }

  return {
    live,
    unsynced,
    behind,
    liveOver,
    /** @param mayReport whether this page shows the film of the room */
    update(reading: PlayerReading | null, mayReport: boolean): void {
      live.value = driver.live;
      unsynced.value = reading?.ready === true && live.value && !reading.programme;
      liveOver.value = live.value && reading?.live === null && reading.ended;
      updateBehind();
      if (reading !== null && mayReport) reportDelay(reading);
    },
    /** Returns a viewer who has fallen behind to the broadcast of the others. */
    backToLive(): void {
      behindSince = null;
      behind.value = 0;
      driver.backToLive();
    },
  };
}
