import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf } from '../attacks/ipv6.mjs';
import * as payloads from '../net/payloads.mjs';
import { worstHeads } from '../net/worst-heads.mjs';

const BYTES = 40_000;

/** Java's String.hashCode. */
const hashOf = (text) => [...text].reduce((hash, letter) => (31 * hash + letter.charCodeAt(0)) | 0, 0);

test('each payload is valid JSON of about the size that was asked for', () => {
  for (const name of ['manyObjects', 'longName', 'collidingNames', 'manyNames', 'escapes', 'longNumbers', 'deepArrays']) {
    const text = payloads[name](BYTES);
    assert.ok(text.length <= BYTES && text.length > BYTES * 0.9, `${name}: ${text.length}`);
    JSON.parse(text);
  }
  assert.match(payloads.giantNumber(BYTES), /^\[9{39998}\]$/);
});

test('colliding names are different, and the same for Java', () => {
  const names = Object.keys(JSON.parse(payloads.collidingNames(BYTES)));
  assert.ok(names.length > 1000);
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(names.map(hashOf)).size, 1);
});

test('a room id has six letters or digits', () => {
  for (let n = 0; n < 100; n++) assert.match(payloads.randomRoomId(), /^[A-Z0-9]{6}$/);
  assert.equal(
    payloads.randomRoomId(() => 0),
    'AAAAAA',
  );
});

test('a packet has the form of Socket.IO', () => {
  assert.equal(payloads.event('clock', { t1: 1 }, 7), '427["clock",{"t1":1}]');
  assert.equal(payloads.binaryEvent(2, '[]'), '452-["x",{"_placeholder":true,"num":0},[]]');
});

test('every head is one request within the limits of a server that bounds heads', () => {
  const heads = worstHeads(15_000);
  assert.ok(heads.length > 30);
  for (const { name, head } of heads) {
    assert.match(head, /^GET \S+ HTTP\/1\.1\r\nHost: localhost\r\n/, name);
    assert.ok(head.endsWith('\r\n\r\n') && head.indexOf('\r\n\r\n') === head.length - 4, name);
    assert.ok(head.length < 16_384, `${name}: ${head.length}`);
    assert.ok(head.indexOf('\r\n') < 8192, `${name}: the first line`);
  }
});

test('every number is another IPv6 address of one network', () => {
  const addresses = Array.from({ length: 70_000 }, (_, n) => addressOf(n));
  assert.equal(new Set(addresses).size, addresses.length);
  for (const address of [addresses[1], addresses[69_999]]) assert.match(address, /^2001:db8::[0-9a-f:]+$/);
});
