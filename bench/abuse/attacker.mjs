// The process of an attack: started by attack.mjs with a name and a field, it ends by itself.
import { ATTACKS } from './attacks/table.mjs';
import { Field } from './net/field.mjs';

/** How long an attack may overrun before its process ends anyway. */
const HANG_MS = 20_000;

const { name, ...place } = JSON.parse(process.argv[2]);
const field = new Field(place);

function finish(problem) {
  field.close();
  const report = { counts: field.counts, problem };
  if (process.connected) process.send(report, () => process.exit(0));
  else process.exit(0);
}

process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (problem) => finish(problem.stack));
const cut = setTimeout(() => finish(), place.seconds * 1000 + HANG_MS);
cut.unref();
try {
  await ATTACKS[name].run(field);
  finish();
} catch (problem) {
  finish(problem.stack);
}
