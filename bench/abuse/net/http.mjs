// Requests byte by byte over connections of an attack.

/** Writes a request and waits for the status of its answer; null when none came in time. */
export function ask(field, tcp, head, withinMs = 3000) {
  return new Promise((resolve) => {
    let text = '';
    const done = (status) => {
      clearTimeout(timer);
      tcp.off('data', onData);
      tcp.off('close', onClose);
      field.count(status === null ? 'requests without an answer' : `requests answered ${status}`);
      resolve(status);
    };
    const onClose = () => done(null);
    const onData = (piece) => {
      if (text.length < 64) text += piece.subarray(0, 64).toString('latin1');
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
      if (status !== undefined) done(status);
    };
    const timer = setTimeout(() => done(null), field.within(withinMs));
    tcp.on('data', onData);
    tcp.on('close', onClose);
    tcp.write(head, 'latin1');
  });
}

/** The head of a POST to the Socket.IO path. */
export const postHead = (query, lines) =>
  [`POST /api/socket/io/?EIO=4&transport=polling${query} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');
