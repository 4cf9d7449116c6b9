// Judges changes of rights and entry: each acknowledged one is in the room, and nobody who is kept out is in it. All pure.
//
// A command is { event, by, payload, change, mayFail, at, answeredAt, cutAt, ok, code, retryable, epoch, seq }, with banId or inviteId when
// its answer has one. A command without an answer, or with a retryable one, may have been applied: its outcome is unknown.
//   change   what hosts receive of it, or null: { name, fields, unique }; fields by their paths; unique: no other command makes the same
// A history is { name, userId, hostSince, changes, jumps }: hostSince is a revision; changes are [epoch, seq, name, payload] in the order in which a host applied them; jumps are
// the spans { from, to } that it has as a snapshot only.
// A reading is what a host or a joiner was answered: { from, to, settledMs, bans, invites, knocks, room }, each part null when not asked for.
// Commands that were answered settledMs before it have to be in it.
import { isUnknown } from './ledger.mjs';

const isRejected = (command) => !command.ok && !isUnknown(command);
const placeOf = ({ epoch, seq }) => `${epoch}/${seq}`;
/** Orders revisions; an epoch is a time in ms, and too great for one number with the seq. */
const compare = (a, b) => a.epoch - b.epoch || a.seq - b.seq;
const valueAt = (payload, path) => path.split('.').reduce((value, key) => value?.[key], payload);

/** Returns whether that event is what the command is to bring about. */
export const isChange = ({ name, fields = {} }, [, , itsName, payload]) =>
  name === itsName && Object.entries(fields).every(([path, value]) => valueAt(payload, path) === value);

/** The events that do not reach the member that they are about. */
const ABOUT_USER = {
  'user-joined': ({ user }) => user.id,
  'user-left': ({ userId }) => userId,
  'user-away': ({ userId }) => userId,
  'user-returned': ({ userId }) => userId,
  'video-played': ({ userId }) => userId,
  'video-paused': ({ userId }) => userId,
  'video-seeked': ({ userId }) => userId,
};
/** The member who controls the video gets the timeline and not the control. */
const isOwn = ({ by, change }, name) => by === name && change.name.startsWith('video-');
const isSentTo = ([, , name, payload], userId) => ABOUT_USER[name]?.(payload) !== userId;
/** The new owner alone receives its event again, with the token. */
const isPrivate = ([, , name, payload]) => name === 'room-transferred' && payload.hostToken !== undefined;
const isWithin = (revision, { from, to }) => compare(revision, from) > 0 && compare(revision, to) <= 0;
const revisionOf = ([epoch, seq]) => ({ epoch, seq });

/** Judges what the hosts of one room received of its commands. */
export function judgeChanges({ id, commands, hosts }) {
  const lost = [];
  const duplicated = [];
  const reordered = [];
  const acked = commands.filter(({ ok, change }) => ok && change !== null);
  const histories = hosts.map((host) => ({ ...host, byPlace: byPlace(host.changes) }));
  for (const { name, changes, jumps, byPlace: had } of histories) {
    for (const one of acked) {
      const place = placeOf(one);
      if (isOwn(one, name) || jumps.some((jump) => isWithin(one, jump))) continue;
      if ((had.get(place) ?? []).some((event) => isChange(one.change, event))) continue;
      const elsewhere = one.change.unique && changes.some((event) => isChange(one.change, event));
      if (elsewhere) reordered.push(`${id}: ${name} had ${describe(one)} elsewhere than at ${one.epoch}/${one.seq}`);
      else lost.push(`${id}: ${name} never had ${describe(one)}, acknowledged at ${one.epoch}/${one.seq}`);
    }
    for (const one of commands.filter(({ change }) => change?.unique)) {
      const times = timesOf(one.change, changes);
      if (times > 1) duplicated.push(`${id}: ${name} had ${describe(one)} ${times} times`);
      if (times > 0 && isRejected(one)) duplicated.push(`${id}: ${describe(one)} was rejected and applied`);
    }
    for (let n = 1; n < changes.length; n++) {
      const now = revisionOf(changes[n]);
      if (compare(now, revisionOf(changes[n - 1])) < 0) reordered.push(`${id}: ${name} went back to ${placeOf(now)}`);
    }
  }
  const twice = acked.filter(({ change }) => change.unique).map(placeOf);
  if (new Set(twice).size < twice.length) duplicated.push(`${id}: two acknowledgements name one place`);
  for (const one of histories) for (const other of histories) if (one !== other) lost.push(...onlyOne(id, one, other));
  return { lost, duplicated, reordered };
}

/** Counts how often a change was made. Settings are sent again with each password, so only another value counts there. */
function timesOf(change, changes) {
  const same = changes.filter(([, , name]) => name === change.name);
  const isIt = same.map((event) => isChange(change, event));
  const isNew = (is, n) => is && (change.name !== 'settings-changed' || !isIt[n - 1]);
  return isIt.filter(isNew).length;
}

function byPlace(changes) {
  const had = new Map();
  for (const event of changes) {
    const place = placeOf(revisionOf(event));
    had.set(place, [...(had.get(place) ?? []), event]);
  }
  return had;
}

/** Returns the changes that one host had and the other had not, although it was a host by then. */
function onlyOne(id, one, other) {
  if (other.changes.length === 0) return [];
  const firsts = [other.hostSince, revisionOf(other.changes[0])].sort(compare);
  const missing = [];
  for (const event of one.changes) {
    const revision = revisionOf(event);
    if (compare(revision, firsts.at(-1)) < 0 || isPrivate(event) || !isSentTo(event, other.userId)) continue;
    if (other.jumps.some((jump) => isWithin(revision, jump))) continue;
    if (!(other.byPlace.get(placeOf(revision)) ?? []).some(([, , name]) => name === event[2]))
      missing.push(`${id}: ${other.name} never had ${event[2]} at ${event[0]}/${event[1]}, as ${one.name} had`);
  }
  return missing;
}

const describe = ({ event, change, payload }) => `${event} ${JSON.stringify(payload)} as ${change.name}`;

/** Whether a thing that one command made, and others may have ended, has to be in a reading. */
const must = (made, ends, { from, to, settledMs }) =>
  made.ok && made.answeredAt <= from - settledMs && !ends.some((one) => one.at <= to && !isRejected(one));
/** Whether it may be. */
const may = (made, ends, { from, to, settledMs }) =>
  made.at <= to && !isRejected(made) && !ends.some((one) => one.ok && one.answeredAt <= from - settledMs);

/** Returns the things of a room: { made, ends } of each. A knock is made by the join of a client that waits. */
export function thingsOf(commands, joins) {
  const of = (event) => commands.filter((one) => one.event === event);
  const ends = (event, key, id) => (id === undefined ? [] : of(event).filter(({ payload }) => payload[key] === id));
  return {
    bans: of('remove-member')
      .filter(({ payload }) => payload.ban !== undefined)
      .map((made) => ({ made, ends: ends('lift-ban', 'banId', made.banId) })),
    invites: of('create-invite').map((made) => ({ made, ends: ends('revoke-invite', 'inviteId', made.inviteId) })),
    knocks: joins
      .filter(({ knockId, cutAt }) => knockId !== null || cutAt !== null)
      .map((join) => ({
        made: { ...join, ok: join.knockId !== null, retryable: true },
        ends: join.knockId === null ? [] : ends('answer-knock', 'knockId', join.knockId),
      })),
  };
}

/** Compares what one room was answered as with what was changed in it; returns what is wrong, as sentences. */
export function judgeReading({ id, commands, things, start }, reading) {
  const wrong = [];
  const add = (text) => wrong.push(`${id}: ${text}`);
  const compare = (list, made, keyOf, idOf, isOf, what) => {
    if (list === null) return;
    const ids = new Set(list.map(idOf));
    for (const thing of made)
      if (must(thing.made, thing.ends, reading) && !ids.has(keyOf(thing.made)))
        add(`${what} ${keyOf(thing.made)} was acknowledged and is gone`);
    for (const one of list) {
      const sources = made.filter((thing) => keyOf(thing.made) === idOf(one) || (!thing.made.ok && isOf(thing.made, one)));
      if (!sources.some((thing) => may(thing.made, thing.ends, reading)))
        add(`${what} ${idOf(one)} is there again or for nothing`);
    }
  };
  const { bans, invites, knocks } = things;
  const isName = (made, { userName }) => made.name === userName;
  compare(reading.bans, bans, (made) => made.banId, (one) => one.banId, isName, 'the ban'); // prettier-ignore
  compare(reading.invites, invites, (made) => made.inviteId, (one) => one.inviteId, () => true, 'the invitation'); // prettier-ignore
  compare(reading.knocks, knocks, (made) => made.knockId, (one) => one.knockId, isName, 'the knock'); // prettier-ignore
  for (const text of reading.room === null ? [] : roomProblems(reading, commands, bans, start)) add(text);
  return wrong;
}

function roomProblems(reading, commands, bans, start) {
  const wrong = [];
  const { room } = reading;
  for (const { made, ends } of bans) {
    if (!must(made, ends, reading)) continue;
    const inside = room.users.find(({ id, name }) => id === made.payload.userId || made.names.includes(name));
    if (inside !== undefined) wrong.push(`${inside.name} is banned and in the room`);
  }
  const writes = (event, pick) => commands.filter((one) => one.event === event).map((one) => ({ ...one, value: pick(one) }));
  const registers = [
    ['title', room.settings.title, writes('set-settings', ({ payload }) => payload.title), start.title],
    ['control', room.settings.control, writes('set-settings', ({ payload }) => payload.control), start.control],
    ['owner', room.hostId, writes('transfer-room', ({ payload }) => payload.userId), start.owner],
    ['password', room.settings.hasPassword, writes('set-password', ({ payload }) => payload.password !== null), start.password],
  ];
  for (const [name, value, made, first] of registers) {
    const right = allowed(made, first, reading);
    if (!right.has(value)) wrong.push(`the ${name} is ${value} instead of ${[...right].join(' or ')}`);
  }
  for (const userId of new Set(writes('mute-member', ({ payload }) => payload.userId).map(({ value }) => value))) {
    const user = room.users.find((one) => one.id === userId);
    const made = writes('mute-member', ({ payload }) => payload.muted).filter(({ payload }) => payload.userId === userId);
    if (user !== undefined && !allowed(made, false, reading).has(user.muted === true))
      wrong.push(`${user.name} is ${user.muted ? '' : 'not '}muted, against the last command`);
  }
  return wrong;
}

/** Returns the values that may be read when these commands write one: of the newest one that has to be there, and of those that may come after it. */
export function allowed(writes, first, { from, to, settledMs }) {
  let newest = { value: first, epoch: 0, seq: 0 };
  for (const one of writes) if (one.ok && one.answeredAt <= from - settledMs && compare(one, newest) >= 0) newest = one;
  const open = writes.filter((one) => one.at <= to && !isRejected(one) && (!one.ok || compare(one, newest) > 0));
  return new Set([newest.value, ...open.map(({ value }) => value)]);
}

/** Returns the acknowledged knocks that were neither answered nor taken back, and that nobody finds waiting, as sentences. */
export function lostKnocks(id, knocks, closed, waiting) {
  const ended = new Set([...closed, ...waiting]);
  const isOver = ({ made, ends }) => ended.has(made.knockId) || ends.some(({ ok }) => ok);
  return knocks
    .filter((knock) => knock.made.ok && !isOver(knock))
    .map(({ made }) => `${id}: the knock ${made.knockId} of ${made.name} was acknowledged and is lost`);
}

/** Returns the rejections that no rule explains, as sentences. */
export function wrongRejections(id, commands) {
  return commands
    .filter((one) => one.answeredAt !== null && isRejected(one) && !one.mayFail.includes(one.code))
    .map(({ event, by, code, payload }) => `${id}: ${event} ${JSON.stringify(payload)} of ${by} was rejected: ${code}`);
}
