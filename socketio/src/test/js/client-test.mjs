// Drives a running server with the official client and prints one result:
//   {"passed": ["…"], "failed": [{"name": "…", "why": "…"}]}
// A case fails when it receives nothing for STALL_MS. Its whole duration is not limited, so that a
// slow machine does not fail it.
import { io } from "socket.io-client";

const url = process.argv[2];
const CLIENTS = 30;
const EVENTS = 200;
const STALL_MS = 30_000;

let received = 0;

const options = { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50 };
const open = (path = "", more = {}) => {
  const socket = io(url + path, { ...options, ...more });
  socket.onAny(() => received++);
  return socket;
};
const once = (emitter, event) =>
  new Promise((resolve) =>
    emitter.once(event, (...args) => {
      received++;
      resolve(args);
    }),
  );

function equal(actual, expected, what) {
  const a = JSON.stringify(actual);
  const b = JSON.stringify(expected);
  if (a !== b) {
    throw new Error(`${what}: expected ${b}, got ${a}`.slice(0, 500));
  }
}

async function eventsAcksAndBinary(transport) {
  const socket = open("", { transports: [transport] });
  await once(socket, "connect");
  const values = [1, null, { deep: [true, "ä"] }];
  socket.emit("echo", ...values);
  equal(await once(socket, "echoed"), values, "echo");
  equal(await socket.emitWithAck("ask", "question"), "question", "ack");
  const data = Buffer.from([0, 1, 254, 255]);
  socket.emit("echo", { data: [data] });
  const [binary] = await once(socket, "echoed");
  equal([...new Uint8Array(binary.data[0])], [...data], "binary");
  equal([...new Uint8Array(await socket.emitWithAck("ask", data))], [...data], "binary ack");
  socket.disconnect();
}

async function upgradesInOrder() {
  const expected = [...Array(EVENTS).keys()];
  const one = async () => {
    const socket = open();
    const upgraded = new Promise((resolve) =>
      socket.io.on("open", () => socket.io.engine.once("upgrade", resolve)),
    );
    const got = [];
    const all = new Promise((resolve) =>
      socket.on("echoed", (n) => {
        got.push(n);
        if (got.length === EVENTS) resolve();
      }),
    );
    await once(socket, "connect");
    for (let i = 0; i < EVENTS; i++) {
      socket.emit("echo", i);
      if (i % 20 === 19) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await Promise.all([all, upgraded]);
    equal(got, expected, "order through the upgrade");
    equal(socket.io.engine.transport.name, "websocket", "transport");
    socket.disconnect();
  };
  await Promise.all(Array.from({ length: CLIENTS }, one));
}

async function reconnects() {
  const socket = open();
  await once(socket, "connect");
  const id = socket.id;
  const reason = once(socket, "disconnect");
  const again = once(socket, "connect");
  socket.io.engine.close();
  equal((await reason)[0], "forced close", "reason");
  await again;
  if (socket.id === id) throw new Error("the id was reused");
  socket.disconnect();
}

async function namespacesAndErrors() {
  const custom = open("/custom");
  await once(custom, "connect");
  equal(await custom.emitWithAck("ask", 1), 1, "ack in a namespace");
  custom.disconnect();
  const unknown = open("/unknown");
  const [error] = await once(unknown, "connect_error");
  equal(error.message, "Invalid namespace", "connect_error");
  unknown.disconnect();
}

async function serverDisconnects() {
  const socket = open();
  await once(socket, "connect");
  socket.emit("leave-me");
  equal((await once(socket, "disconnect"))[0], "io server disconnect", "reason");
  socket.disconnect();
}

const cases = {
  "events, acks and binary over polling": () => eventsAcksAndBinary("polling"),
  "events, acks and binary over websocket": () => eventsAcksAndBinary("websocket"),
  "30 upgrades, 200 events each way, in order": upgradesInOrder,
  "reconnects after its transport closed": reconnects,
  "namespaces and connect_error": namespacesAndErrors,
  "disconnect by the server": serverDisconnects,
};

function failWhenStalled() {
  let last = received;
  let timer;
  const stalled = new Promise((_, reject) => {
    timer = setInterval(() => {
      if (received === last) reject(new Error(`nothing received for ${STALL_MS / 1000} s`));
      last = received;
    }, STALL_MS);
  });
  return { stalled, stop: () => clearInterval(timer) };
}

const result = { passed: [], failed: [] };
for (const [name, run] of Object.entries(cases)) {
  const { stalled, stop } = failWhenStalled();
  try {
    await Promise.race([run(), stalled]);
    result.passed.push(name);
  } catch (error) {
    result.failed.push({ name, why: String(error.message) });
  } finally {
    stop();
  }
}
console.log(JSON.stringify(result));
process.exit(0);
