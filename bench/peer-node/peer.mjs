// The peer: one HTTP server with /health and a stock Socket.IO server.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { chatOf } from './chat.mjs';
import { filmOf } from './film.mjs';
import { checked, Refusal } from './rules.mjs';
import { roomsOf } from './rooms.mjs';

const FAILED = {
  'create-room': ['room-error', 'Failed to create room'],
  'join-room': ['room-error', 'Failed to join room'],
  'leave-room': ['error', 'Failed to leave room'],
  'promote-host': ['error', 'Failed to promote user'],
  'set-video': ['error', 'Failed to set video'],
  'play-video': ['error', 'Failed to play video'],
  'pause-video': ['error', 'Failed to pause video'],
  'seek-video': ['error', 'Failed to seek video'],
  'sync-check': ['error', 'Failed to send sync check'],
  'send-message': ['error', 'Failed to send message'],
  'typing-start': ['error', 'Failed to handle typing start'],
  'typing-stop': ['error', 'Failed to handle typing stop'],
};

/** Handles one event of a socket: validates, executes and acknowledges it; errors are sent to the sender. */
const answering = (event, act) => {
  const answer = async (socket, payload, acknowledge) => {
    try {
      const result = await act(socket, checked(event, payload));
      acknowledge?.({ ok: true, ...result });
    } catch (problem) {
      const [name, text] = problem instanceof Refusal ? [problem.event, problem.message] : FAILED[event];
      socket.emit(name, { error: text });
      acknowledge?.({ ok: false, error: text });
    }
  };
  return (socket, words) => {
    const asked = words.at(-1);
    return answer(socket, typeof words[0] === 'function' ? undefined : words[0], typeof asked === 'function' ? asked : undefined);
  };
};

/**
 * Opens the store and listens; resolves with the port and with what ends it.
 * @param store as in store/, not yet opened
 */
export async function startPeer({ store, port, host, origins = [], keepUsers = false }) {
  await store.open();
  const http = createServer((request, response) => {
    const healthy = request.method === 'GET' && request.url === '/health';
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(healthy ? 'heart beating' : 'not found');
  });
  const io = new Server(http, {
    path: '/api/socket/io',
    serveClient: false,
    cors: { origin: origins, methods: ['GET', 'POST'], credentials: true },
  });
  const rooms = roomsOf({ io, store, keepUsers });
  const film = filmOf({ io, store });
  const chat = chatOf({ io, store });
  const events = {
    'create-room': rooms.create,
    'join-room': rooms.join,
    'leave-room': rooms.leave,
    'promote-host': rooms.promote,
    'set-video': film.set,
    'play-video': film.play,
    'pause-video': film.pause,
    'seek-video': film.seek,
    'sync-check': film.syncCheck,
    'send-message': chat.send,
    'typing-start': chat.typing,
    'typing-stop': chat.stoppedTyping,
  };
  const handlers = Object.entries(events).map(([name, act]) => [name, answering(name, act)]);
  io.on('connection', (socket) => {
    for (const [name, handle] of handlers) socket.on(name, (...words) => void handle(socket, words));
    socket.on('disconnect', () => void rooms.drop(socket).catch(() => undefined));
  });
  await new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, 4096, resolve);
  });
  return {
    port: http.address().port,
    async close() {
      await io.close();
      await store.close();
    },
  };
}
