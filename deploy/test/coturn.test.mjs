// coturn with the shipped file, and credentials that the server gave to a speaker.
import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../testkit/ports.mjs';
import { ManagedProcess } from '../../testkit/process.mjs';
import { until } from '../../testkit/waiting.mjs';
import { Instance, deploy, folder } from './support/parts.mjs';
import { addressOf, visitors } from './support/visitors.mjs';

const SECRET = 'a secret for this test alone';
const MAGIC = 0x2112a442;
const ALLOCATE = 0x0003;
const CREATE_PERMISSION = 0x0008;
const [USERNAME, INTEGRITY, ERROR, PEER, REALM, NONCE, TRANSPORT] = [6, 8, 9, 0x12, 0x14, 0x15, 0x19];

function attribute(type, value) {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
}

/** Returns a STUN request; with a key it ends with its MESSAGE-INTEGRITY. */
function request(type, attributes, key) {
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length + (key === undefined ? 0 : 24), 2);
  head.writeUInt32BE(MAGIC, 4);
  randomBytes(12).copy(head, 8);
  const message = Buffer.concat([head, body]);
  if (key === undefined) return message;
  return Buffer.concat([message, attribute(INTEGRITY, createHmac('sha1', key).update(message).digest())]);
}

/** Returns the type and the attributes of a STUN message. */
function read(message) {
  const attributes = new Map();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + length + (-length & 3);
  }
  const error = attributes.get(ERROR);
  return {
    type: message.readUInt16BE(0),
    attributes,
    code: error === undefined ? 0 : error[2] * 100 + error[3],
  };
}

/** A client of a TURN server. */
class TurnClient {
  constructor(t, port) {
    this.port = port;
    this.socket = createSocket('udp4');
    t.after(() => this.socket.close());
  }

  async send(message) {
    const answer = new Promise((resolve) => this.socket.once('message', (data) => resolve(read(data))));
    this.socket.send(message, this.port, '127.0.0.1');
    return Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve(undefined), 1000).unref())]);
  }

  /** Asks for a relay; returns the code of the error, 0 when there is one now. */
  async allocate(username, password) {
    const udp = attribute(TRANSPORT, Buffer.from([17, 0, 0, 0]));
    const challenge = await until('an answer of coturn', () => this.send(request(ALLOCATE, [udp])));
    assert.equal(challenge.code, 401);
    const [realm, nonce] = [REALM, NONCE].map((type) => challenge.attributes.get(type));
    this.key = createHash('md5').update(`${username}:${realm}:${password}`).digest();
    this.proof = [attribute(USERNAME, Buffer.from(username)), attribute(REALM, realm), attribute(NONCE, nonce)];
    return (await this.send(request(ALLOCATE, [udp, ...this.proof], this.key))).code;
  }

  /** Asks to reach an address through the relay; returns the code of the error, or 0. */
  async permit(address) {
    const bytes = address.split('.').map((part, index) => Number(part) ^ ((MAGIC >>> (24 - 8 * index)) & 255));
    const peer = attribute(PEER, Buffer.from([0, 1, 0, 0, ...bytes]));
    return (await this.send(request(CREATE_PERMISSION, [peer, ...this.proof], this.key))).code;
  }
}

/** Starts coturn with the shipped file: only secret, port and addresses are this machine's. */
async function coturn(t) {
  const port = await freePort();
  const place = folder(t);
  const file = join(place, 'turnserver.conf');
  const shipped = readFileSync(join(deploy, 'coturn/turnserver.conf'), 'utf8');
  assert.match(shipped, /^static-auth-secret=CHANGE-THIS-SECRET$/m);
  const changed = shipped
    .replace('CHANGE-THIS-SECRET', SECRET)
    .replace(
      'listening-port=3478',
      `listening-port=${port}\nlistening-ip=127.0.0.1\nrelay-ip=127.0.0.1\npidfile=${place}/pid\nuserdb=${place}/db`,
    );
  writeFileSync(file, changed);
  const child = new ManagedProcess('turnserver', ['-c', file]);
  t.after(() => child.stop());
  return port;
}

test('VO6 coturn accepts the credential of a speaker, and no other', async (t) => {
  const port = await coturn(t);
  const instance = await Instance.start(t, {
    TURN_URLS: `turn:127.0.0.1:${port}`,
    TURN_SECRET: SECRET,
  });
  const [visitor] = await visitors(t, `http://${instance.address}`, 1, {
    transports: ['websocket'],
    extraHeaders: { 'x-forwarded-for': addressOf(1) },
  });
  const roomId = await visitor.createRoom();
  const { iceServers } = await visitor.request('voice-join', { roomId });
  const [{ urls, username, credential }] = iceServers;
  assert.deepEqual(urls, [`turn:127.0.0.1:${port}`]);
  const client = new TurnClient(t, port);
  assert.equal(await client.allocate(username, credential), 0);
  assert.equal(await client.permit('203.0.113.9'), 0);
  assert.equal(await client.permit('10.0.0.1'), 403, 'the relay leads into a private network');
  assert.equal(await client.permit('127.0.0.1'), 403, 'the relay leads to its own machine');
  assert.equal(await new TurnClient(t, port).allocate(username, 'another'), 401);
  const expired = '1000000000:00';
  const password = createHmac('sha1', SECRET).update(expired).digest('base64');
  assert.equal(await new TurnClient(t, port).allocate(expired, password), 401);
});
