// Recordings for the tests of the verdict: every member receives everything, until a test removes something.

/** Returns a room with so many messages, each sent 100 ms after the one before, acknowledged and received 5 ms later. */
export function recording(count = 6) {
  const sends = Array.from({ length: count }, (_, n) => ({
    body: `m${n}`,
    at: n * 100,
    ackedAt: n * 100 + 5,
    epoch: 1,
    seq: 10 + n,
  }));
  const received = (how) =>
    sends.map(({ body, at }) => ({ body, id: `id-${body}`, at: at + 5, how, connection: 1, shown: true }));
  const member = (name, kind, how) => ({ name, kind, open: true, seatedAt: 0, received: received(how) });
  return {
    id: 'ROOM01',
    sends,
    members: [member('Ann', 'extended', 'applied'), member('Bob', 'extended', 'applied'), member('Cem', 'stock', 'live')],
  };
}

export const without = (list, body) => list.filter((one) => one.body !== body);
