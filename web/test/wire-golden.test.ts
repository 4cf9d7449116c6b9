/** The golden files of testdata/wire: what the server sends is read here, and what is sent from here is known to the server. */
import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { bansAnswer, createdInvite, invitesAnswer, knocksAnswer } from '../src/protocol/room-access';
import { filmInfos, libraryPage, mediaLink } from '../src/protocol/library';
import { addedAnswer, queueChange, queuePage, queueState } from '../src/protocol/queue';
import { sharedAnswer, sharedTracks, subtitlePart } from '../src/protocol/subtitles';
import { clockAnswer, membersAnswer, readAck, readEvent, resumeAnswer, serverEvents } from '../src/protocol/messages';

const WIRE = new URL('../../testdata/wire/', import.meta.url);
const SOURCES = new URL('../src/', import.meta.url);

/** The files of a folder: the event that each belongs to, and its content. */
function golden(folder: string): { file: string; event: string; content: unknown }[] {
  return readdirSync(new URL(`${folder}/`, WIRE)).map((file) => ({
    file,
    event: file.replace(/\..*/, ''),
    content: JSON.parse(readFileSync(new URL(`${folder}/${file}`, WIRE), 'utf8')) as unknown,
  }));
}

function without(field: string, content: unknown): object {
  return Object.fromEntries(Object.entries(content as object).filter(([name]) => name !== field));
}

describe('what the server sends', () => {
  test.each(golden('server'))('$file is accepted', ({ event, content }) => {
    expect(readEvent(event, content)).toMatchObject({ name: event });
    if (event === 'queue-changed') expect(queueChange(content, event)).toEqual(without('since', content));
    if (event === 'subtitles-changed') {
      const { tracks } = content as { tracks: unknown };
      expect(sharedTracks(tracks, event)).toEqual(tracks);
    }
    const room = (content as { room?: { queue?: unknown } }).room;
    if (room?.queue !== undefined) expect(queueState(room.queue, 'queue')).toEqual(room.queue);
  });

  test('every event that is read has a file', () => {
    expect(new Set(golden('server').map(({ event }) => event))).toEqual(new Set(Object.keys(serverEvents)));
  });

  test.each(golden('reply'))('the acknowledgement $file is accepted', ({ file, event, content }) => {
    const ack = readAck(content);
    expect(ack).toMatchObject(content as object);
    if (event === 'clock') expect(clockAnswer(ack, event).t1).toBe(17.25);
    if (event === 'get-people') expect(membersAnswer(ack, event).users).toHaveLength(2);
    if (event === 'get-invites') expect(invitesAnswer(ack, event).invites.map((one) => one.usesLeft)).toEqual([3, null]);
    if (event === 'get-bans') expect(bansAnswer(ack, event).bans.map((one) => one.userName)).toEqual(['Bob', 'Cleo']);
    if (event === 'get-knocks') expect(knocksAnswer(ack, event).knocks).toHaveLength(1);
    if (file.startsWith('queue-add.json')) expect(addedAnswer(ack, event).itemIds).toHaveLength(2);
    if (event === 'get-queue') expect(queuePage(ack, event)).toMatchObject(without('ok', content));
    if (event === 'get-library' && ack.ok) expect(libraryPage(ack, event)).toEqual(without('ok', content));
    if (event === 'get-media-link' && ack.ok) expect(mediaLink(ack, event)).toEqual(without('ok', content));
    if (event === 'get-film-info') expect(filmInfos(ack, event)).toEqual(without('ok', content));
    if (file === 'set-subtitles.json') expect(sharedAnswer(ack, event).trackIds).toHaveLength(2);
    if (event === 'get-subtitles') expect(subtitlePart(ack, event).text).toMatch(/^1\n/);
    if (event === 'create-invite') expect(createdInvite(ack, event).token).toHaveLength(22);
    if (event === 'resume') {
      const { events, snapshot } = resumeAnswer(ack, event);
      expect([events === undefined, snapshot === undefined]).toContain(true);
      for (const [name, payload] of events ?? []) expect(readEvent(name, payload)).toMatchObject({ name });
    }
  });
});

/** A call `request('event', {…})` or `send('event', {…})` somewhere in the sources. */
interface Sent {
  event: string;
  fields: string[];
  at: string;
}

function sentBy(file: string): Sent[] {
  const source = ts.createSourceFile(file, readFileSync(new URL(file, SOURCES), 'utf8'), ts.ScriptTarget.Latest, true);
  const sent: Sent[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)(request|send)$/.test(node.expression.getText(source))) {
      const [name, payload] = node.arguments;
      if (name !== undefined && payload !== undefined && ts.isStringLiteral(name)) {
        sent.push({ event: name.text, fields: fieldsOf(payload), at: file });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sent;
}

/** The names of the fields of all object literals in an expression, nested ones left out. */
function fieldsOf(node: ts.Node): string[] {
  if (!ts.isObjectLiteralExpression(node)) {
    const inner: string[] = [];
    ts.forEachChild(node, (child) => void inner.push(...fieldsOf(child)));
    return inner;
  }
  return node.properties.flatMap((property) =>
    ts.isSpreadAssignment(property)
      ? fieldsOf(property.expression)
      : property.name === undefined
        ? []
        : [property.name.getText()],
  );
}

describe('what the page sends', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const all = files.flatMap(sentBy);
  const known = new Map<string, Set<string>>();
  for (const { event, content } of golden('client')) {
    known.set(event, new Set([...(known.get(event) ?? []), ...Object.keys(content as object)]));
  }

  test('its calls are found', () => {
    expect(new Set(all.map(({ event }) => event)).size).toBeGreaterThanOrEqual(10);
  });

  test.each(all)('$event in $at has only fields that the server reads', ({ event, fields }) => {
    expect(known.has(event)).toBe(true);
    for (const field of fields) expect(known.get(event)).toContain(field);
  });
});
