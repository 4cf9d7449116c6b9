/** Server messages with default values, and overrides for a test. */
import type { ChatMessage, Room, Timeline, User } from '../../src/protocol/messages';

export function aUser(over: Partial<User> = {}): User {
  return { id: 'u1', name: 'Ana', isHost: false, joinedAt: '2026-01-01T20:00:00.000Z', ...over };
}

export function aRoom(over: Partial<Room> = {}): Room {
  return {
    id: 'ABC123',
    hostId: 'u1',
    hostName: 'Ana',
    videoType: null,
    videoState: { isPlaying: false, currentTime: 0, duration: 0, lastUpdateTime: 0 },
    users: [aUser({ isHost: true })],
    createdAt: '2026-01-01T20:00:00.000Z',
    ...over,
  };
}

export function aMessage(over: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: 'm1',
    userId: 'u2',
    userName: 'Ben',
    message: 'hello',
    timestamp: '2026-01-01T20:00:00.000Z',
    roomId: 'ABC123',
    ...over,
  };
}

export function aTimeline(over: Partial<Timeline> = {}): Timeline {
  return { epoch: 1, seq: 1, item: 1, phase: 'paused', position: 0, rate: 1, at: 0, by: null, duration: null, ...over };
}

export function joined(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    room: aRoom(),
    user: aUser({ isHost: true }),
    messages: [],
    timeline: aTimeline({ item: 0, seq: 0 }),
    sessionToken: 'secret',
    epoch: 1,
    seq: 1,
    ...over,
  };
}
