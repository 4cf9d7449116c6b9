import { beforeEach, describe, expect, test } from 'vitest';
import { createMemory } from '../src/net/seat';
import { Session, type Stage } from '../src/net/session';
import { type Ack, readEvent, type ServerEvent } from '../src/protocol/messages';
import { aRoom, aUser, joined } from './support/wire';

class Shelf implements Storage {
  [name: string]: unknown;
  private map = new Map<string, string>();
  get length() {
    return this.map.size;
  }
  clear = () => this.map.clear();
  getItem = (key: string) => this.map.get(key) ?? null;
  key = (index: number) => [...this.map.keys()][index] ?? null;
  removeItem = (key: string) => void this.map.delete(key);
  setItem = (key: string, value: string) => void this.map.set(key, value);
}

const YES: Ack = { ok: true };
const no = (code: string, error = code): Ack => ({ ok: false, code, error, retryable: false });

class Rig {
  tab = new Shelf();
  browser = new Shelf();
  memory = createMemory(this.tab, this.browser);
  up = false;
  asked: { name: string; payload: Record<string, unknown>; answer: (ack: Ack) => Promise<void> }[] = [];
  sent: string[] = [];
  stages: Stage[] = [];
  timers: { ms: number; run: () => void }[] = [];
  opened = 0;
  closed = 0;
  session: Session;

  constructor() {
    this.session = new Session({
      memory: this.memory,
      open: () => {
        this.opened++;
      },
      close: () => {
        this.closed++;
        this.up = false;
      },
      isUp: () => this.up,
      ask: (name, payload) =>
        new Promise((resolve) => {
          this.asked.push({
            name,
            payload,
            answer: async (ack) => {
              resolve(ack);
              for (let i = 0; i < 5; i++) await Promise.resolve();
            },
          });
        }),
      send: (name) => this.sent.push(name),
      after: (ms, run) => {
        const timer = { ms, run };
        this.timers.push(timer);
        return () => void (this.timers = this.timers.filter((one) => one !== timer));
      },
      chance: () => 0.5,
      onStage: (stage) => this.stages.push(stage),
    });
  }

  lineUp() {
    this.up = true;
    this.session.onLine('up');
  }

  lineLost() {
    this.up = false;
    this.session.onLine('lost');
  }

  get stage() {
    return this.session.stage;
  }

  get last() {
    return this.asked[this.asked.length - 1]!;
  }

  tell(name: string, payload: unknown) {
    this.session.onEvent(readEvent(name, payload) as ServerEvent);
  }

  fire() {
    const due = this.timers;
    this.timers = [];
    for (const timer of due) timer.run();
  }

  async enter(name = 'Ana') {
    this.session.join('ABC123', name);
    this.lineUp();
    this.tell('room-joined', joined({ user: aUser({ name }) }));
    await this.last.answer(YES);
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

describe('create', () => {
  test('dials, asks, and is inside', async () => {
    rig.session.create('Ana');
    expect(rig.stage.at).toBe('entering');
    expect(rig.opened).toBe(1);
    rig.lineUp();
    expect(rig.last).toMatchObject({ name: 'create-room', payload: { hostName: 'Ana' } });
    rig.tell('room-created', { roomId: 'ABC123', room: aRoom(), hostToken: 'host-token' });
    rig.tell('room-joined', joined());
    await rig.last.answer(YES);
    expect(rig.stage).toEqual({ at: 'inside', roomId: 'ABC123' });
    expect(rig.memory.hostToken('ABC123')).toBe('host-token');
    expect(rig.memory.seat('ABC123')).toEqual({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    expect(rig.memory.lastName()).toBe('Ana');
  });

  test('no room can be opened right now: said in words', async () => {
    rig.session.create('Ana');
    rig.lineUp();
    await rig.last.answer(no('unavailable', 'Failed to create room'));
    expect(rig.stage).toEqual({ at: 'failed', problem: 'No room can be opened right now. Please try again in a moment.' });
  });

  test('a refusal is told, and the same wish can be tried again', async () => {
    rig.session.create('Ana');
    rig.lineUp();
    await rig.last.answer(no('internal', 'Failed to create room'));
    expect(rig.stage).toEqual({ at: 'failed', problem: 'Failed to create room' });
    rig.session.create('Ana');
    expect(rig.stage.at).toBe('entering');
  });
});

describe('join', () => {
  test('a stranger at a room link is asked for a name', () => {
    rig.session.arrive('ABC123');
    expect(rig.stage).toEqual({ at: 'door', roomId: 'ABC123', problem: null });
    expect(rig.opened).toBe(0);
  });

  test('whoever gives a name is inside', async () => {
    await rig.enter();
    expect(rig.last).toMatchObject({ name: 'join-room', payload: { roomId: 'ABC123', userName: 'Ana' } });
    expect(rig.stage.at).toBe('inside');
  });

  test('the creator brings the host token along', () => {
    rig.memory.keepHostToken('ABC123', 'host-token');
    rig.session.join('ABC123', 'Ana');
    rig.lineUp();
    expect(rig.last.payload['hostToken']).toBe('host-token');
  });

  test('a host token that counts no more is dropped, and the join goes on without', async () => {
    rig.memory.keepHostToken('ABC123', 'old');
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    await rig.last.answer(no('bad_host_credentials'));
    expect(rig.asked).toHaveLength(2);
    expect(rig.last.payload['hostToken']).toBeUndefined();
    expect(rig.stage.at).toBe('entering');
  });

  test.each([
    ['name_taken', /already inside/],
    ['bad_host_credentials', /belongs to the host/],
    ['room_full', /Every seat/],
    ['rate_limited', /wait a moment/],
  ])('%s brings back to the door with the reason', async (code, why) => {
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    await rig.last.answer(no(code));
    expect(rig.stage).toEqual({ at: 'door', roomId: 'ABC123', problem: expect.stringMatching(why) });
  });

  test('an unknown room is missing, and nothing of it is kept', async () => {
    rig.memory.keepHostToken('ABC123', 'old');
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    await rig.last.answer(no('room_not_found'));
    expect(rig.stage).toEqual({ at: 'missing', roomId: 'ABC123' });
    expect(rig.memory.hostToken('ABC123')).toBeUndefined();
  });

  test('no answer while the line stands: asked again', async () => {
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    await rig.last.answer(no('no_line'));
    rig.fire();
    expect(rig.asked).toHaveLength(2);
  });

  test('the line was lost before the answer: asked when it is back, once', async () => {
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    const first = rig.last;
    rig.lineLost();
    await first.answer(no('no_line'));
    expect(rig.asked).toHaveLength(1);
    rig.lineUp();
    expect(rig.asked).toHaveLength(2);
    rig.fire();
    expect(rig.asked).toHaveLength(2);
  });

  test('an answer to a wish that is no more changes nothing', async () => {
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    const first = rig.last;
    rig.session.leave();
    await first.answer(no('room_not_found'));
    expect(rig.stage.at).toBe('outside');
  });
});

describe('RS3 coming back', () => {
  test('a reload takes the seat of the tab without a question', () => {
    rig.memory.keepSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    rig.session.arrive('ABC123');
    expect(rig.stage.at).toBe('entering');
    expect(rig.session.auth()).toEqual({ resume: true, sessionToken: 'secret', roomId: 'ABC123' });
    rig.lineUp();
    expect(rig.asked).toHaveLength(0);
    rig.tell('room-joined', joined({ resumed: true }));
    rig.fire();
    expect(rig.asked).toHaveLength(0);
    expect(rig.stage.at).toBe('inside');
  });

  test('a server that does not seat by itself is asked', () => {
    rig.memory.keepSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    rig.session.arrive('ABC123');
    rig.lineUp();
    rig.fire();
    expect(rig.last).toMatchObject({ name: 'join-room', payload: { userName: 'Ana', sessionToken: 'secret' } });
  });

  test('a seat of another room is not this one', () => {
    rig.memory.keepSeat({ roomId: 'OTHER1', name: 'Ana', sessionToken: 'secret' });
    rig.session.arrive('ABC123');
    expect(rig.stage.at).toBe('door');
    expect(rig.session.auth()).toEqual({ resume: true });
  });

  test('a lost line: the room stays, and the seat is taken back', async () => {
    await rig.enter();
    rig.lineLost();
    expect(rig.stage).toEqual({ at: 'returning', roomId: 'ABC123' });
    expect(rig.session.auth()).toEqual({ resume: true, sessionToken: 'secret', roomId: 'ABC123' });
    rig.lineUp();
    rig.tell('room-joined', joined({ resumed: true }));
    expect(rig.stage.at).toBe('inside');
  });

  test.each(['rate_limited', 'unavailable'])('%s while coming back: the room stays, and it is tried again', async (code) => {
    await rig.enter();
    rig.lineLost();
    rig.lineUp();
    rig.fire();
    await rig.last.answer(no(code));
    expect(rig.stage.at).toBe('returning');
    const before = rig.asked.length;
    rig.fire();
    expect(rig.asked).toHaveLength(before + 1);
  });

  test.each(['rate_limited', 'unavailable'])('%s at a reload does not cost the seat', async (code) => {
    rig.memory.keepSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    rig.session.arrive('ABC123');
    rig.lineUp();
    rig.fire();
    await rig.last.answer(no(code));
    expect(rig.memory.seat('ABC123')?.sessionToken).toBe('secret');
  });

  test('a server that fails while coming back is asked again, later and later', async () => {
    await rig.enter();
    rig.lineLost();
    rig.lineUp();
    rig.fire();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      await rig.last.answer(no(i % 2 === 0 ? 'unavailable' : 'internal'));
      waits.push(...rig.timers.map(({ ms }) => ms));
      rig.fire();
    }
    expect(waits).toEqual([700, 1200, 2000, 3000, 3000]);
    expect(rig.stage.at).toBe('returning');
    rig.tell('room-joined', joined({ resumed: true, epoch: 9 }));
    expect(rig.stage.at).toBe('inside');
  });

  test('unavailable at a reload: on the way in, with the reason, until the room is back', async () => {
    rig.memory.keepSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    rig.session.arrive('ABC123');
    rig.lineUp();
    rig.fire();
    await rig.last.answer(no('unavailable'));
    expect(rig.stage).toEqual({ at: 'entering', roomId: 'ABC123', problem: expect.stringMatching(/cannot be reached/) });
    rig.fire();
    rig.tell('room-joined', joined({ resumed: true }));
    expect(rig.stage.at).toBe('inside');
  });

  test('a newcomer waits at an unavailable room too', async () => {
    rig.session.join('ABC123', 'Ben');
    rig.lineUp();
    await rig.last.answer(no('unavailable'));
    expect(rig.stage).toMatchObject({ at: 'entering', problem: expect.stringMatching(/cannot be reached/) });
    rig.fire();
    expect(rig.asked).toHaveLength(2);
  });

  test('a room that is missing right after an outage is asked for again before that is believed', async () => {
    await rig.enter();
    rig.lineLost();
    rig.lineUp();
    rig.fire();
    await rig.last.answer(no('room_not_found'));
    expect(rig.stage.at).toBe('returning');
    expect(rig.memory.seat('ABC123')).not.toBeNull();
    rig.fire();
    rig.tell('room-joined', joined({ resumed: true }));
    expect(rig.stage.at).toBe('inside');
  });

  test('a server that does not know this page any more is asked for the seat', async () => {
    await rig.enter();
    rig.session.reseat();
    expect(rig.stage).toEqual({ at: 'returning', roomId: 'ABC123' });
    expect(rig.last).toMatchObject({ name: 'join-room', payload: { userName: 'Ana', sessionToken: 'secret' } });
    const asked = rig.asked.length;
    rig.session.reseat();
    expect(rig.asked).toHaveLength(asked);
  });

  test('who is inside, on the way back, or holds a seat has something to come back to', async () => {
    expect(rig.session.hasSeat).toBe(false);
    rig.session.arrive('ABC123');
    expect(rig.session.hasSeat).toBe(false);
    await rig.enter();
    expect(rig.session.hasSeat).toBe(true);
    rig.lineLost();
    expect(rig.session.hasSeat).toBe(true);
    rig.session.leave();
    expect(rig.session.hasSeat).toBe(false);
  });

  test('the room is gone meanwhile', async () => {
    await rig.enter();
    rig.lineLost();
    rig.lineUp();
    rig.fire();
    for (let i = 0; i < 3; i++) {
      expect(rig.stage.at).toBe('returning');
      await rig.last.answer(no('room_not_found'));
      if (i < 2) rig.fire();
    }
    expect(rig.stage.at).toBe('missing');
    expect(rig.memory.seat('ABC123')).toBeNull();
  });
});

describe('endings', () => {
  test('RS6 the seat is used elsewhere; "use it here" takes it back', async () => {
    await rig.enter();
    rig.tell('session-replaced', {});
    expect(rig.stage).toEqual({ at: 'replaced', roomId: 'ABC123' });
    expect(rig.closed).toBeGreaterThan(0);
    rig.session.again();
    expect(rig.stage.at).toBe('entering');
    expect(rig.session.auth()).toMatchObject({ sessionToken: 'secret' });
    rig.lineUp();
    rig.tell('room-joined', joined({ resumed: true }));
    expect(rig.stage.at).toBe('inside');
  });

  test('RS8 the room closed under its members', async () => {
    rig.memory.keepHostToken('ABC123', 'host-token');
    await rig.enter();
    rig.tell('room-closed', { roomId: 'ABC123', reason: 'expired' });
    expect(rig.stage).toEqual({ at: 'closed', roomId: 'ABC123', reason: 'expired' });
    expect(rig.memory.seat('ABC123')).toBeNull();
    expect(rig.memory.hostToken('ABC123')).toBeUndefined();
  });

  test('RL2 too many connections from here', () => {
    rig.session.join('ABC123', 'Ana');
    rig.session.onLine('refused');
    expect(rig.stage).toEqual({ at: 'refused', roomId: 'ABC123' });
    rig.session.again();
    expect(rig.stage.at).toBe('entering');
  });

  test('leaving tells the server, forgets the seat and hangs up', async () => {
    await rig.enter();
    rig.session.leave();
    expect(rig.sent).toEqual(['leave-room']);
    expect(rig.memory.seat('ABC123')).toBeNull();
    expect(rig.stage.at).toBe('outside');
    expect(rig.session.auth()).toEqual({ resume: true });
  });

  test('going to another room leaves the first', async () => {
    await rig.enter();
    rig.session.arrive('OTHER1');
    expect(rig.sent).toEqual(['leave-room']);
    expect(rig.stage).toEqual({ at: 'door', roomId: 'OTHER1', problem: null });
  });

  test('arriving where one is changes nothing', async () => {
    await rig.enter();
    const before = rig.stages.length;
    rig.session.arrive('ABC123');
    expect(rig.stages).toHaveLength(before);
  });
});

describe('what the browser remembers', () => {
  test.each(['{', 'null', '5', '{"roomId":5}', '{"roomId":"ABC123"}', '[]'])('%s in the storage is no seat', (kept) => {
    rig.tab.setItem('wnc.seat', kept);
    expect(rig.memory.seat('ABC123')).toBeNull();
  });

  test('a refused storage keeps nothing and breaks nothing', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const shut = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
    const memory = createMemory(shut, shut);
    memory.keepSeat({ roomId: 'ABC123', name: 'Ana' });
    memory.keepHostToken('ABC123', 't');
    memory.keepName('Ana');
    memory.dropSeat();
    memory.dropHostToken('ABC123');
    expect(memory.seat('ABC123')).toBeNull();
    expect(memory.hostToken('ABC123')).toBeUndefined();
    expect(memory.lastName()).toBe('');
  });
});
