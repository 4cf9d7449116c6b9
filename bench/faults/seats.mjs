// Whether everybody still sits where they sat, and whether the servers tell the same room to all.

/** The room as that person's server has it now, or null. */
export async function wholeRoom(person) {
  const answer = await person.ask('resume', { roomId: person.roomId, epoch: 0, seq: 0 });
  return answer?.snapshot ?? null;
}

/** How many messages a room keeps. */
const HISTORY = 20;

/** What is wrong with one room's seats, roles and chat, as sentences. `order` is the order of its messages, as ids. */
export async function examine({ id, members, host }, order) {
  const wrong = [];
  const say = (text) => wrong.push(`${id}: ${text}`);
  for (const { name, problems, open } of members) {
    for (const problem of problems) say(`${name} ${problem}`);
    if (!open) say(`${name} has no seat at the end`);
  }
  const hostIsResumable = members[0].kind === 'resumable';
  for (const person of members.filter(({ kind, open }) => kind === 'resumable' && open)) {
    const snapshot = await wholeRoom(person);
    if (snapshot === null) {
      say(`${person.name} is told nothing of its room`);
      continue;
    }
    for (const text of compare(snapshot, { members, order, host: hostIsResumable ? host : null }))
      say(`${person.name} sees ${text}`);
  }
  return wrong;
}

/** What a snapshot tells beside what must be. Pure. */
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
  if (!room.users.some(({ isHost }) => isHost)) wrong.push('nobody as host');
  const told = messages.map(({ id }) => id);
  // An empty end would be the end of every order.
  if (told.length < Math.min(HISTORY, order.length) || told.join() !== order.slice(-told.length).join())
    wrong.push('other last messages than were said');
  return wrong;
}

/** Where the film is for that person by its own server's clock, seconds, and when that was, ms of this process. */
export async function filmPlace(person) {
  const from = performance.now();
  const answer = await person.ask('clock', { t1: from });
  const to = performance.now();
  if (answer?.ok !== true || person.timeline === null) return null;
  const { phase, position, rate, at } = person.timeline;
  const seconds = phase === 'playing' ? position + (rate * Math.max(0, answer.t3 - at)) / 1000 : position;
  return { seconds, phase, at: (from + to) / 2, roundTripMs: to - from };
}
