// What the contract script asserts with: a failed check throws an error with its message.
export function fail(message) {
  throw new Error(message);
}

export function equal(actual, expected, what) {
  const a = JSON.stringify(actual);
  const e = JSON.stringify(expected);
  if (a !== e) fail(`${what}: expected ${e}, got ${a}`);
}

export function ok(condition, what) {
  if (!condition) fail(what);
}
