// Request heads whose fields are dear for a careless parser: backtracking, splitting, counting, unescaping.
const ENGINE = '/api/socket/io/?EIO=4&transport=polling';

const fill = (text, bytes) => text.repeat(Math.floor(bytes / text.length));

/**
 * @param bytes of the worst field
 * @returns [{ name, head }]: what is tried, and a whole request without a body
 */
export function worstHeads(bytes) {
  const field = (name, value, path = '/') => [name, path, `${name}: ${value}`];
  const tried = [
    field('Accept-Encoding', `x${fill(' ', bytes)}y`),
    field('Accept-Encoding', `br${fill(' ', bytes)};`),
    field('Accept-Encoding', `br;q=0.${fill('0', bytes)}1`),
    field('Accept-Encoding', fill('a;,', bytes)),
    field('Accept', `${fill(' ', bytes)}x`, '/metrics'),
    field('Cookie', fill('a=b; ', bytes)),
    field('Cookie', `a${fill(' ', bytes)}=b`, ENGINE),
    field('Range', `bytes=${fill('0-0,', bytes)}`),
    field('Range', `bytes=${fill('9', bytes)}-`),
    field('If-None-Match', fill('W/"a", ', bytes)),
    field('If-None-Match', `W/"${fill(' ', bytes)}`),
    field('X-Forwarded-For', fill('1.1.1.1, ', bytes)),
    field('X-Forwarded-For', fill(':', bytes)),
    field('Forwarded', fill('for="[::1]";', bytes)),
    field('Origin', `http://${fill('a.', bytes)}`, ENGINE),
    field('Origin', `http://${fill('[', bytes)}`, ENGINE),
    field('User-Agent', fill('(', bytes)),
    field('Connection', fill('a,', bytes), ENGINE),
    field('Accept-Language', fill(' ,', bytes)),
    field('Referer', `http://${fill('%', bytes)}`),
  ];
  const heads = tried.map(([name, path, line]) => ({ name, head: request(path, [line]) }));
  for (const query of ['%', '%25', '+', '&', '&a=b', '&a', ';', '=', '%zz'])
    heads.push({ name: `query of ${query}`, head: request(ENGINE + fill(query, bytes / 4), []) });
  for (const path of ['/', '/.', '/..', '%2f', '/room/'])
    heads.push({ name: `path of ${path}`, head: request(`/${fill(path, bytes / 4)}`, []) });
  heads.push({
    name: 'many fields',
    head: request(
      '/',
      fill('a: b\n', bytes / 2)
        .trim()
        .split('\n'),
    ),
  });
  heads.push({ name: 'websocket protocols', head: upgrade(`Sec-WebSocket-Protocol: ${fill('a, ', bytes)}`) });
  heads.push({ name: 'websocket extensions', head: upgrade(`Sec-WebSocket-Extensions: ${fill('a; b=c, ', bytes)}`) });
  return heads;
}

const request = (path, lines) => [`GET ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');

const upgrade = (line) =>
  request('/api/socket/io/?EIO=4&transport=websocket', [
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    line,
  ]);
