// From what was recorded to what it means: lost, doubled, out of order, and how long until everybody was back. All pure.
//
// A record of a room is { sends, members }:
//   sends    [{ body, at, ackedAt, epoch, seq }], times in ms of one clock, ackedAt null without an acknowledgement
//   members  [{ name, kind, open, seatedAt, heard }]; kind is 'resumable' or 'stock'; open: still connected at the end
//   heard    [{ body, id, at, how, connection, shown }] in order; how is 'live', 'resume', 'snapshot' or 'joined', or 'told' when a
//            resumable member gave a live one its place; shown is false when the member had that message already

/** The order that most evidence tells: the longest story first, what only others tell is put in behind its predecessor there. */
export function mergeOrders(sequences) {
  const [longest, ...others] = [...sequences].sort((a, b) => b.length - a.length);
  const order = [...(longest ?? [])];
  const known = new Set(order);
  for (const sequence of others) {
    let before = null;
    for (const item of sequence) {
      if (!known.has(item)) {
        order.splice(before === null ? 0 : order.indexOf(before) + 1, 0, item);
        known.add(item);
      }
      before = item;
    }
  }
  return order;
}

/** How many items of a sequence stand behind one that the order puts later. */
export function descents(sequence, order) {
  const place = new Map(order.map((item, index) => [item, index]));
  let highest = -1;
  let count = 0;
  for (const item of sequence) {
    const index = place.get(item);
    if (index === undefined) continue;
    if (index < highest) count++;
    else highest = index;
  }
  return count;
}

/**
 * What a member told, cut where nobody could have told it more: a resumable member is one story from its first seat to the end; each
 * connection of a stock member is a story of its own, for the original's client cannot ask for what it missed in between.
 */
export function stories(member) {
  if (member.kind === 'resumable') {
    return [{ ids: member.heard.filter(({ shown }) => shown).map(({ id }) => id), whole: true }];
  }
  const byConnection = new Map();
  for (const { id, connection } of member.heard) {
    if (!byConnection.has(connection)) byConnection.set(connection, []);
    byConnection.get(connection).push(id);
  }
  const last = Math.max(...byConnection.keys());
  return [...byConnection].map(([connection, ids]) => ({
    ids: [...new Set(ids)],
    whole: false,
    toTheEnd: member.open && connection === last,
  }));
}

/** What is missing in a story, out of an order that was told to somebody or acknowledged. */
export function missing({ ids, whole, toTheEnd }, order) {
  const had = new Set(ids);
  const places = ids.map((id) => order.indexOf(id));
  const from = whole ? 0 : Math.min(...places);
  const to = whole || toTheEnd ? order.length - 1 : Math.max(...places);
  return order.filter((id, index) => index >= from && index <= to && !had.has(id));
}

/** Messages that a member was given twice: again over one connection, or under two ids. */
export function doubled({ kind, heard }) {
  const twice = [];
  const onConnection = new Set();
  const idsOf = new Map();
  for (const { body, id, how, connection } of heard) {
    const key = `${connection} ${id}`;
    // What a resumable member asks for may cross what it is told, and its place in the stream sorts that out.
    if (how === 'live' && onConnection.has(key)) twice.push(body);
    if (how === 'live' || (how === 'joined' && kind === 'stock')) onConnection.add(key);
    const ids = idsOf.get(body) ?? new Set();
    idsOf.set(body, ids);
    if (ids.size > 0 && !ids.has(id)) twice.push(body);
    ids.add(id);
  }
  return twice;
}

/** Until each member had a message that was sent after that moment, ms; null when one never had. */
export function resyncMs(rooms, since) {
  let longest = 0;
  for (const { sends, members } of rooms) {
    const later = new Set(sends.filter(({ at }) => at >= since).map(({ body }) => body));
    for (const { heard } of members) {
      const first = heard.find(({ body, at, shown }) => shown && at >= since && later.has(body));
      if (first === undefined) return null;
      longest = Math.max(longest, first.at - since);
    }
  }
  return Math.round(longest);
}

const byPosition = (a, b) => a.epoch - b.epoch || a.seq - b.seq;

/**
 * What became of one room: arrays of sentences, so that a failure can be looked into, and the order of its messages, as ids. A message that
 * was said twice is two messages in that order, and doubled.
 */
export function judgeRoom({ id: room, sends, members }) {
  const bodyOf = new Map(members.flatMap(({ heard }) => heard.map(({ id, body }) => [id, body])));
  const idsOf = new Map();
  for (const [id, body] of bodyOf) idsOf.set(body, [...(idsOf.get(body) ?? []), id]);
  const order = mergeOrders(members.flatMap(stories).map(({ ids }) => ids));
  const acked = sends.filter(({ ackedAt }) => ackedAt !== null);
  const unheard = acked.filter(({ body }) => !idsOf.has(body));
  const lost = unheard.map(({ body }) => `${room}: ${body} was acknowledged and nobody had it`);
  const duplicated = [];
  const reordered = [];
  for (const member of members) {
    for (const story of stories(member)) {
      lost.push(...missing(story, order).map((id) => `${room}: ${member.name} never had ${bodyOf.get(id)}`));
      const backwards = descents(story.ids, order);
      for (let n = 0; n < backwards; n++) reordered.push(`${room}: ${member.name} had another order`);
    }
    duplicated.push(...doubled(member).map((body) => `${room}: ${member.name} had ${body} twice`));
  }
  const places = acked.filter(({ seq, body }) => Number.isFinite(seq) && idsOf.get(body)?.length === 1).sort(byPosition);
  const against = descents(
    places.map(({ body }) => idsOf.get(body)[0]),
    order,
  );
  for (let n = 0; n < against; n++) reordered.push(`${room}: an acknowledgement names another place than members saw`);
  for (let n = 1; n < places.length; n++) {
    if (byPosition(places[n - 1], places[n]) === 0)
      duplicated.push(`${room}: two messages at ${places[n].epoch}/${places[n].seq}`);
  }
  return { lost, duplicated, reordered, order };
}

export function judge(rooms, recoveredAt) {
  const sums = { lost: [], duplicated: [], reordered: [] };
  for (const room of rooms) {
    const found = judgeRoom(room);
    for (const key of Object.keys(sums)) sums[key].push(...found[key]);
  }
  const sends = rooms.flatMap((room) => room.sends);
  const heard = rooms.flatMap((room) => room.members.flatMap((member) => member.heard));
  return {
    sent: sends.length,
    acknowledged: sends.filter(({ ackedAt }) => ackedAt !== null).length,
    delivered: heard.filter(({ shown }) => shown).length,
    ...sums,
    resyncMs: resyncMs(rooms, recoveredAt),
    resyncResumableMs: resyncMs(
      rooms.map(({ sends: said, members }) => ({ sends: said, members: members.filter(({ kind }) => kind === 'resumable') })),
      recoveredAt,
    ),
  };
}

/**
 * Answers to what was sent while the fault lasted: how many were refusals, and the slowest of all in ms. Who lost its connection
 * waits for no answer.
 */
export function answers(attempts, from, to, endedAt) {
  const during = attempts.filter(({ at, cutAt }) => at >= from && at <= to && cutAt === null);
  const waits = during.map(({ at, answeredAt }) => (answeredAt ?? endedAt) - at);
  return {
    refused: during.filter(({ answeredAt, ok }) => answeredAt !== null && !ok).length,
    unanswered: during.filter(({ answeredAt }) => answeredAt === null).length,
    slowestMs: Math.round(Math.max(0, ...waits)),
  };
}
