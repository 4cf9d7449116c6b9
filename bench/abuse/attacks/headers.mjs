// Request heads that are expensive for a careless parser; the one that once took two seconds is sent most often.
import { ask } from '../net/http.mjs';
import { worstHeads } from '../net/worst-heads.mjs';

const HEADER_BYTES = 15_000;
const WORKERS = 9;
const REST_MS = 300;

export async function headers(field) {
  const heads = worstHeads(HEADER_BYTES);
  let turn = 0;
  await field.repeat(WORKERS, async () => {
    const tcp = await field.connect();
    if (tcp === null) return false;
    // Every other request is the first of the list, the one that was found in practice.
    const { head } = turn++ % 2 === 0 ? heads[0] : heads[(turn >> 1) % heads.length];
    await ask(field, tcp, head);
    tcp.resetAndDestroy();
    await field.rest(REST_MS);
    return true;
  });
}
