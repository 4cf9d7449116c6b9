// Classifies the samples of perf script by the part of the program that was running.

const COMPILERS = /^C[12] Compiler/;
const COLLECTORS = /^(G1 |GC Thread|VM Thread)/;
const PACKAGES = [
  [/^dev\.watchnchill\.party\./, 'ours: the rules (party)'],
  [/^dev\.watchnchill\.server\.store\./, 'ours: the store'],
  [/^dev\.watchnchill\.server\./, 'ours: the server'],
  [/^dev\.watchnchill\.socketio\./, 'ours: Socket.IO'],
  [/^io\.netty\./, 'Netty'],
  [/^io\.lettuce\./, 'Lettuce'],
  [/^tools\.jackson\./, 'Jackson'],
  [/^(java|jdk|sun)\./, "the JDK's classes"],
];
const SYSTEM_CALL = /^__x64_sys_(\w+)$|^__do_sys_(\w+)$/;
const CALLS = { sendto: 'writing to a socket', write: 'writing to a socket', sendmsg: 'writing to a socket' };
const OTHER_CALLS = {
  recvfrom: 'reading from a socket',
  read: 'reading from a socket',
  epoll_wait: 'waiting for sockets',
  epoll_pwait: 'waiting for sockets',
  epoll_pwait2: 'waiting for sockets',
  futex: 'waking threads and waiting for them',
};

/** Returns the full name of a method that perf has as `void a.b.C.m(x.Y)`. */
const methodOf = (symbol) => symbol.split('(')[0].split(' ').at(-1);

/** Returns the part of the program of a sample, by its frames from the innermost on. */
export function partOf(thread, frames) {
  if (COMPILERS.test(thread)) return 'the JIT compilers';
  if (COLLECTORS.test(thread)) return 'the collector and other threads of the JVM';
  const [inner] = frames;
  if (inner === undefined) return 'unknown';
  if (inner.dso.includes('kernel')) {
    const call = frames.map(({ symbol }) => SYSTEM_CALL.exec(symbol)).find((match) => match !== null);
    const name = call?.[1] ?? call?.[2];
    const doing = CALLS[name] ?? OTHER_CALLS[name];
    return `the kernel: ${doing ?? (name === undefined ? 'interrupts' : 'other calls')}`;
  }
  const method = methodOf(inner.symbol);
  for (const [packages, part] of PACKAGES) if (packages.test(method)) return part;
  if (/^(Interpreter|StubRoutines|vtable|itable|I2C)/.test(inner.symbol)) return 'interpreter and stubs';
  return inner.dso.includes('libjvm') ? 'the JVM within our threads' : 'other native code';
}

/** Returns the parts with their shares of all samples, the largest first. */
export function shares(script) {
  const counts = new Map();
  let total = 0;
  for (const sample of script.split(/\n\s*\n/)) {
    const [head, ...lines] = sample.split('\n').filter((line) => line.trim() !== '');
    if (head === undefined) continue;
    const frames = lines.map((line) => {
      const [, symbol, dso] = /^\s*[0-9a-f]+ (.*) \(([^()]*(?:\(deleted\))?)\)\s*$/.exec(line) ?? [];
      return { symbol: (symbol ?? '').replace(/\+0x[0-9a-f]+$/, ''), dso: dso ?? '' };
    });
    const part = partOf(head.trim(), frames);
    counts.set(part, (counts.get(part) ?? 0) + 1);
    total++;
  }
  return [...counts].map(([part, count]) => [part, count / total]).sort(([, a], [, b]) => b - a);
}
