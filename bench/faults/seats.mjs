// Checks that all members have kept their seats and roles, and that the servers agree about each room.

/** The room as the server of that client has it now, or null. */
export async function roomSnapshot(client) {
  const answer = await client.request('resume', { roomId: client.roomId, epoch: 0, seq: 0 });
  return answer?.snapshot ?? null;
}

/** The number of messages that a room keeps. */
const HISTORY = 20;

/** Returns what is wrong with the seats, roles and chat of one room, as sentences. `order` holds the ids of its messages in order. */
export async function examine({ id, members, host }, order) {
  const wrong = [];
  const add = (text) => wrong.push(`${id}: ${text}`);
  for (const { name, problems, open } of members) {
    for (const problem of problems) add(`${name} ${problem}`);
    if (!open) add(`${name} has no seat at the end`);
  }
  const hostIsExtended = members[0].kind === 'extended';
  for (const client of members.filter(({ kind, open }) => kind === 'extended' && open)) {
    const snapshot = await roomSnapshot(client);
    if (snapshot === null) {
      add(`${client.name} gets no snapshot of its room`);
      continue;
    }
    for (const text of compare(snapshot, { members, order, host: hostIsExtended ? host : null }))
      add(`${client.name} sees ${text}`);
  }
  return wrong;
}

/** Compares a snapshot with what it must be. Pure. */
export function compare({ room, messages }, { members, order, host }) {
  const wrong = [];
  const named = (list) =>
    list
      .map(({ name }) => name)
      .sort()
      .join(', ');
  if (named(room.users) !== named(members)) wrong.push(`${named(room.users)} instead of ${named(members)}`);
  for (const { name, userId } of members) {
    const user = room.users.find((one) => one.name === name);
    if (user !== undefined && user.id !== userId) wrong.push(`${name} in another seat`);
  }
  const away = room.users.filter((user) => user.away === true);
  if (away.length > 0) wrong.push(`${named(away)} away`);
  if (host !== null && room.users.find(({ id }) => id === host)?.isHost !== true) wrong.push('the host without its role');
  if (!room.users.some(({ isHost }) => isHost)) wrong.push('no host');
  const kept = messages.map(({ id }) => id);
  // An empty list would be the end of every order.
  if (kept.length < Math.min(HISTORY, order.length) || kept.join() !== order.slice(-kept.length).join())
    wrong.push('other last messages than were sent');
  return wrong;
}

/** The position of the video by the clock of that client's server, seconds, and when that was, ms of this process. */
export async function videoPosition(client) {
  const from = performance.now();
  const answer = await client.request('clock', { t1: from });
  const to = performance.now();
  if (answer?.ok !== true || client.timeline === null) return null;
  const { phase, position, rate, at } = client.timeline;
  const seconds = phase === 'playing' ? position + (rate * Math.max(0, answer.t3 - at)) / 1000 : position;
  return { seconds, phase, at: (from + to) / 2, roundTripMs: to - from };
}
