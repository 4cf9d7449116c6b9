// Passwords guessed by strangers from many addresses, and beside them a member who knows the right one.
import { Client } from '../../../testkit/clients/client.mjs';
import { pause, until } from '../../../testkit/waiting.mjs';
import { event } from '../net/payloads.mjs';
import { openWebsocket } from '../net/websocket.mjs';

const PER_SECOND = 200;
/** So few that the last answers do not take long: a short run only shows that it works. */
const PER_SECOND_QUICK = 10;
/** Strangers for each guess a second. A server answers a socket's events in order, so a stranger whose guess waits sends none. */
const STRANGERS_PER_GUESS = 1.5;
/** More than may be wrong (EN3); then the stranger is another one, with another address. */
const GUESSES_EACH = 8;
/** What waits for a check when the attack ends is still checked. */
const ANSWERS_MS_MAX = 18_000;

const MEMBER_ADDRESS = '127.0.5.1';
/** By then as many guesses wait as may. */
const MEMBER_COMES_MS = 2000;
const MEMBER_RETRY_MS = 500;
const TRIES_MAX = 40;

const TRIES = 'tries of a member';
const UNTIL_IN = 'ms until the member was in';
const EXPECTED = ['refused bad_password', 'refused rate_limited'];
/** The least share of the guesses for a verdict. */
const GUESSES_PART = 0.5;

const perSecond = (quick) => (quick ? PER_SECOND_QUICK : PER_SECOND);

/** An address of 10.N.0.0/16 for each number, where N is the last number of the attacker's own. */
export const strangersAddress = (own, n) => `10.${own.split('.').at(-1)}.${(n >> 8) & 0xff}.${n & 0xff}`;

/** The answers to guesses among what was counted. */
const answersIn = (counts) => Object.entries(counts).filter(([what]) => what === 'acknowledged' || what.startsWith('refused '));
const answered = (counts) => answersIn(counts).reduce((sum, [, count]) => sum + count, 0);

/** Sends wrong passwords to the rooms that ask for one, while a member enters by the right one. */
export async function passwords(field) {
  let addresses = 0;
  const newStranger = async () => {
    const headers = [`X-Forwarded-For: ${strangersAddress(field.address, addresses++)}`];
    const socket = await openWebsocket(field, { address: field.trusted, headers });
    if (socket !== null && (await socket.enter('{"resume":true}'))) return { socket, left: GUESSES_EACH, waits: false };
    socket?.end();
    return null;
  };
  const length = STRANGERS_PER_GUESS * perSecond(field.quick);
  const strangers = await Promise.all(Array.from({ length }, newStranger));
  field.begin();
  await Promise.all([guess(field, strangers, newStranger), memberEnters(field)]);
}

/** Sends the guesses at fixed moments, whether those before are answered or not, and waits for the answers. */
async function guess(field, strangers, newStranger) {
  const { locked } = field;
  const from = performance.now();
  let place = 0;
  for (let n = 0; ; n++) {
    await field.rest(from + (n * 1000) / perSecond(field.quick) - performance.now());
    if (field.over) break;
    place = nextFree(strangers, place);
    const stranger = strangers[place];
    if (!isFree(stranger)) continue;
    field.count('guesses');
    const roomId = locked.roomIds[n % locked.roomIds.length];
    send(stranger, { roomId, userName: `Stranger ${place}`, password: `wrong ${n}` });
    if (--stranger.left > 0) continue;
    strangers[place] = null;
    const at = place;
    newStranger().then((another) => (strangers[at] = another));
  }
  const all = () => answered(field.counts) >= field.counts.guesses;
  await until('all guesses are answered', all, { withinMs: ANSWERS_MS_MAX }).catch(() => undefined);
}

const isFree = (stranger) => stranger !== null && !stranger.waits && !stranger.socket.closed;

/** Returns the place of the next stranger whose guesses are all answered; that same place when there is none. */
export function nextFree(strangers, place) {
  for (let n = 1; n < strangers.length; n++) {
    const next = (place + n) % strangers.length;
    if (isFree(strangers[next])) return next;
  }
  return place;
}

function send(stranger, payload) {
  stranger.waits = true;
  const id = stranger.left;
  stranger.socket.next((text) => text.startsWith(`43${id}[`), ANSWERS_MS_MAX).then(() => (stranger.waits = false));
  stranger.socket.send(event('join-room', payload, id));
}

/** Enters a room as a friend who was given its password, and tries again as long as the server is busy. */
async function memberEnters(field) {
  if (!field.quick) await pause(Math.min(MEMBER_COMES_MS, field.within(MEMBER_COMES_MS)));
  const { locked } = field;
  const options = { reconnection: false, auth: { resume: true }, localAddress: MEMBER_ADDRESS };
  const friend = new Client({ name: 'Friend', urls: [`http://127.0.0.1:${field.port}`], options });
  const from = performance.now();
  try {
    friend.socket.connect();
    const [roomId] = locked.roomIds;
    for (let n = 0; n < TRIES_MAX; n++) {
      field.count(TRIES);
      const answer = await friend.request(
        'join-room',
        { roomId, userName: friend.name, password: locked.password },
        ANSWERS_MS_MAX,
      );
      if (answer?.ok === true) {
        field.count(UNTIL_IN, Math.round(performance.now() - from));
        return;
      }
      await pause(MEMBER_RETRY_MS);
    }
  } finally {
    friend.leave();
  }
}

/**
 * Why the guesses did not go as they should, as sentences.
 *
 * @param counts of the attack
 * @param seconds that it lasted
 */
export function passwordShortcomings(counts, { seconds, quick }) {
  const why = [];
  const { guesses = 0, acknowledged = 0 } = counts;
  const least = GUESSES_PART * perSecond(quick) * seconds;
  if (guesses < least) why.push(`only ${guesses} guesses, not ${least}`);
  if (acknowledged > 0) why.push(`${acknowledged} guesses let a stranger in`);
  for (const [what, count] of answersIn(counts))
    if (what !== 'acknowledged' && !EXPECTED.includes(what)) why.push(`${count} guesses were ${what}`);
  if (answered(counts) < guesses) why.push(`${guesses - answered(counts)} guesses were not answered`);
  if (counts['refused bad_password'] === undefined) why.push('no guess was checked');
  if (counts[UNTIL_IN] === undefined) why.push(`a member with the password was not let in within ${counts[TRIES] ?? 0} tries`);
  return why;
}
