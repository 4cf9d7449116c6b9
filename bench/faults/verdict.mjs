// Judges the records of a fault: what was lost, duplicated or reordered, and how long until all were back. All pure.
//
// A record of a room is { sends, members }:
//   sends    [{ body, at, ackedAt, epoch, seq }], times in ms of one clock, ackedAt null without an acknowledgement
//   members  [{ name, kind, open, seatedAt, received }]; kind is 'extended' or 'stock'; open: still connected at the end
//   received [{ body, id, at, how, connection, shown }] in order; how is 'live', 'resume', 'snapshot' or 'joined', or 'applied' when
//            an extended client applied a live one; shown is false when the member had that message already

/** Merges orders into one: the longest is the base, and an item that only others have goes behind its predecessor there. */
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

/** Counts the items of a sequence that stand behind one that the order puts later. */
export function descents(sequence, order) {
  const indexOf = new Map(order.map((item, index) => [item, index]));
  let highest = -1;
  let count = 0;
  for (const item of sequence) {
    const index = indexOf.get(item);
    if (index === undefined) continue;
    if (index < highest) count++;
    else highest = index;
  }
  return count;
}

/**
 * Cuts what a member received into histories that must be complete: an extended client has one, from its first seat to the end; each
 * connection of a stock client has its own, because that client cannot ask for what it missed in between.
 */
export function histories(member) {
  if (member.kind === 'extended') {
    return [{ ids: member.received.filter(({ shown }) => shown).map(({ id }) => id), whole: true }];
  }
  const byConnection = new Map();
  for (const { id, connection } of member.received) {
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

/** Returns what is missing in a history, out of an order that some member received or that was acknowledged. */
export function missing({ ids, whole, toTheEnd }, order) {
  const had = new Set(ids);
  const indexes = ids.map((id) => order.indexOf(id));
  const from = whole ? 0 : Math.min(...indexes);
  const to = whole || toTheEnd ? order.length - 1 : Math.max(...indexes);
  return order.filter((id, index) => index >= from && index <= to && !had.has(id));
}

/** Returns the messages that a member received twice: again over one connection, or under two ids. */
export function duplicates({ kind, received }) {
  const twice = [];
  const onConnection = new Set();
  const idsOf = new Map();
  for (const { body, id, how, connection } of received) {
    const key = `${connection} ${id}`;
    // What an extended client requests may cross what it is sent; its revision sorts that out.
    if (how === 'live' && onConnection.has(key)) twice.push(body);
    if (how === 'live' || (how === 'joined' && kind === 'stock')) onConnection.add(key);
    const ids = idsOf.get(body) ?? new Set();
    idsOf.set(body, ids);
    if (ids.size > 0 && !ids.has(id)) twice.push(body);
    ids.add(id);
  }
  return twice;
}

/** Returns how long it took until each member had a message that was sent after that moment, ms; null when one never had. */
export function resyncMs(rooms, since) {
  let longest = 0;
  for (const { sends, members } of rooms) {
    const later = new Set(sends.filter(({ at }) => at >= since).map(({ body }) => body));
    for (const { received } of members) {
      const first = received.find(({ body, at, shown }) => shown && at >= since && later.has(body));
      if (first === undefined) return null;
      longest = Math.max(longest, first.at - since);
    }
  }
  return Math.round(longest);
}

const byPosition = (a, b) => a.epoch - b.epoch || a.seq - b.seq;

/**
 * Judges one room: arrays of sentences, so that a failure can be looked into, and the order of its messages, as ids. A message that
 * was sent twice is two messages in that order, and a duplicate.
 */
export function judgeRoom({ id: room, sends, members }) {
  const bodyOf = new Map(members.flatMap(({ received }) => received.map(({ id, body }) => [id, body])));
  const idsOf = new Map();
  for (const [id, body] of bodyOf) idsOf.set(body, [...(idsOf.get(body) ?? []), id]);
  const order = mergeOrders(members.flatMap(histories).map(({ ids }) => ids));
  const acked = sends.filter(({ ackedAt }) => ackedAt !== null);
  const unreceived = acked.filter(({ body }) => !idsOf.has(body));
  const lost = unreceived.map(({ body }) => `${room}: ${body} was acknowledged and no member had it`);
  const duplicated = [];
  const reordered = [];
  for (const member of members) {
    for (const history of histories(member)) {
      lost.push(...missing(history, order).map((id) => `${room}: ${member.name} never had ${bodyOf.get(id)}`));
      const backwards = descents(history.ids, order);
      for (let n = 0; n < backwards; n++) reordered.push(`${room}: ${member.name} had another order`);
    }
    duplicated.push(...duplicates(member).map((body) => `${room}: ${member.name} had ${body} twice`));
  }
  const positions = acked.filter(({ seq, body }) => Number.isFinite(seq) && idsOf.get(body)?.length === 1).sort(byPosition);
  const against = descents(
    positions.map(({ body }) => idsOf.get(body)[0]),
    order,
  );
  for (let n = 0; n < against; n++) reordered.push(`${room}: an acknowledgement names another position than members saw`);
  for (let n = 1; n < positions.length; n++) {
    if (byPosition(positions[n - 1], positions[n]) === 0)
      duplicated.push(`${room}: two messages at ${positions[n].epoch}/${positions[n].seq}`);
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
  const received = rooms.flatMap((room) => room.members.flatMap((member) => member.received));
  return {
    sent: sends.length,
    acknowledged: sends.filter(({ ackedAt }) => ackedAt !== null).length,
    delivered: received.filter(({ shown }) => shown).length,
    ...sums,
    resyncMs: resyncMs(rooms, recoveredAt),
    resyncExtendedMs: resyncMs(
      rooms.map((room) => ({ sends: room.sends, members: room.members.filter(({ kind }) => kind === 'extended') })),
      recoveredAt,
    ),
  };
}

/**
 * Judges the answers to what was sent while the fault lasted: how many were rejections, and the slowest of all in ms. A client that
 * lost its connection waits for no answer.
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
