// Judges commands by the changes that came of them: each acknowledged one once, at its seq, and the end as the changes make it. Pure.
import { descents } from '../verdict.mjs';

const EVENT_OF = {
  'send-message': 'new-message',
  'play-video': 'video-played',
  'pause-video': 'video-paused',
  'seek-video': 'video-seeked',
};
const COMMAND_EVENTS = new Set(Object.values(EVENT_OF));
/** The newest messages that a snapshot has (CH5). */
const CHAT_SENT = 50;

const markOf = (name, payload) => (name === 'new-message' ? payload.message.message : String(payload.currentTime));
const keyOf = (name, payload) => `${name} ${markOf(name, payload)}`;
const keyOfCommand = ({ event, mark }) => `${EVENT_OF[event]} ${event === 'send-message' ? `m${mark}` : mark}`;

/** @param histories of observers: [epoch, seq, name, payload] in the order in which each applied them */
export function judgeCommands(sent, histories, snapshots) {
  const lost = [];
  const duplicated = [];
  const reordered = [];
  const problems = [];
  const acked = sent.filter(({ ok }) => ok);
  for (const [n, history] of histories.entries()) {
    const events = history.filter(([, , name]) => COMMAND_EVENTS.has(name));
    const seqOf = new Map();
    for (const [, seq, name, payload] of events) {
      const key = keyOf(name, payload);
      if (seqOf.has(key)) duplicated.push(`observer ${n} had ${key} twice`);
      seqOf.set(key, seq);
    }
    for (const one of acked) {
      const seq = seqOf.get(keyOfCommand(one));
      if (seq === undefined) lost.push(`observer ${n} never had ${keyOfCommand(one)}`);
      else if (seq !== one.seq) reordered.push(`${keyOfCommand(one)} was acknowledged at ${one.seq} and sent at ${seq}`);
    }
    for (const one of sent) {
      if (!one.ok && seqOf.has(keyOfCommand(one))) problems.push(`${keyOfCommand(one)} was ${one.outcome} and applied`);
    }
    problems.push(...gaps(history).map((text) => `observer ${n} ${text}`));
    problems.push(...endDiffers(history, snapshots[n]).map((text) => `observer ${n}: ${text}`));
  }
  const seqs = acked.map(({ seq }) => seq);
  if (new Set(seqs).size !== seqs.length) duplicated.push(`${seqs.length - new Set(seqs).size} acknowledgements share a seq`);
  const first = histories[0].filter(([, , name]) => COMMAND_EVENTS.has(name)).map(([, , name, payload]) => keyOf(name, payload));
  for (const history of histories.slice(1)) {
    const keys = history.filter(([, , name]) => COMMAND_EVENTS.has(name)).map(([, , name, payload]) => keyOf(name, payload));
    for (let n = descents(keys, first); n > 0; n--) reordered.push('two observers saw another order');
  }
  for (const by of new Set(sent.map((one) => one.by))) {
    const own = acked.filter((one) => one.by === by).sort((a, b) => a.n - b.n);
    for (let n = 1; n < own.length; n++) if (own[n].seq < own[n - 1].seq) reordered.push(`sender ${by} was overtaken by itself`);
  }
  return { acknowledged: acked.length, lost, duplicated, reordered, problems };
}

/** Returns the gaps in the changes of an observer, as sentences. */
function gaps(history) {
  const missing = [];
  for (let n = 1; n < history.length; n++) {
    const [epoch, seq] = history[n];
    const [epochBefore, before] = history[n - 1];
    if (epoch !== epochBefore) missing.push(`went from epoch ${epochBefore} to ${epoch}`);
    else if (seq > before + 1) missing.push(`went from ${before} to ${seq}`);
    else if (seq < before) missing.push(`went back from ${before} to ${seq}`);
  }
  return missing;
}

/** Returns how the end state of a server differs from its changes, applied one after the other. */
export function endDiffers(history, snapshot) {
  if (snapshot === null || snapshot === undefined) return ['its server has no room'];
  const wrong = [];
  const chat = history.filter(([, , name]) => name === 'new-message').map(([, , , { message }]) => message.message);
  const kept = snapshot.messages.map(({ message }) => message);
  if (kept.join() !== chat.slice(-CHAT_SENT).join()) wrong.push('the chat is not what was sent');
  const control = history.filter(([, , name]) => name.startsWith('video-') && name !== 'video-set').at(-1);
  const timeline = history.filter(([, , name]) => name === 'timeline').at(-1)?.[3];
  if (control !== undefined) {
    const [, , name, { currentTime }] = control;
    const { isPlaying } = snapshot.room.videoState;
    if (name === 'video-played' && !isPlaying) wrong.push('the last command was play and it is paused');
    if (name === 'video-paused' && isPlaying) wrong.push('the last command was pause and it plays');
    if (!isPlaying && snapshot.room.videoState.currentTime !== currentTime)
      wrong.push('it is paused elsewhere than where it was put');
  }
  for (const field of ['phase', 'position', 'at', 'seq', 'item', 'rate']) {
    if (timeline !== undefined && timeline[field] !== snapshot.timeline[field])
      wrong.push(`another ${field} than the last that was sent`);
  }
  return wrong;
}
