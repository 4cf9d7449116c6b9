// Coming and going: create, join, leave, promote.
import { randomInt, randomUUID } from 'node:crypto';
import { Refusal } from './rules.mjs';

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const ID_LENGTH = 6;
const BAD_CREDENTIALS = 'Invalid host credentials. Only the room creator can join as host.';

/** The room as members see it. */
export const shown = ({ hostToken: _secret, ...room }) => room;
const sameName = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

async function freeId(store) {
  for (;;) {
    const id = Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
    if (!(await store.has(id))) return id;
  }
}

const newUser = (name, isHost) => ({ id: randomUUID(), name, isHost, joinedAt: new Date().toISOString() });

/** Returns the current position of the video, for a late joiner. */
function positionNow({ isPlaying, currentTime, duration, lastUpdateTime }) {
  const now = Date.now();
  const position = currentTime + (now - lastUpdateTime) / 1000;
  return { currentTime: duration > 0 ? Math.min(position, duration) : position, isPlaying, timestamp: now };
}

/**
 * The commands of a server's rooms.
 * @param keepUsers whether a disconnect leaves the user in the room's state, so that a join by the name of a disconnected user takes its place
 */
export function roomsOf({ io, store, keepUsers }) {
  const connected = new Set();
  const turns = new Map();

  /** One join or leave of a room at a time: at once, they would overwrite each other, and the rooms would be smaller than they should be. */
  function inTurn(roomId, act) {
    const turn = (turns.get(roomId) ?? Promise.resolve()).then(act);
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (turns.get(roomId) === settled) turns.delete(roomId);
      });
    turns.set(roomId, settled);
    return turn;
  }

  async function enter(socket, room, user) {
    Object.assign(socket.data, { userId: user.id, userName: user.name, roomId: room.id });
    connected.add(user.id);
    await socket.join(room.id);
  }

  async function welcome(socket, room, user) {
    socket.emit('room-joined', { room: shown(room), user, messages: await store.messages(room.id) });
    if (room.videoState.isPlaying) socket.emit('sync-update', positionNow(room.videoState));
  }

  async function create(socket, { hostName }) {
    await leave(socket);
    const user = newUser(hostName.trim(), true);
    const now = new Date();
    const room = {
      id: await freeId(store),
      hostId: user.id,
      hostName: user.name,
      hostToken: randomUUID(),
      videoType: null,
      videoState: { isPlaying: false, currentTime: 0, duration: 0, lastUpdateTime: now.getTime() },
      users: [user],
      createdAt: now.toISOString(),
    };
    await store.create(room);
    await enter(socket, room, user);
    socket.emit('room-created', { roomId: room.id, room: shown(room), hostToken: room.hostToken });
    await welcome(socket, room, user);
    return { roomId: room.id, userId: user.id };
  }

  /** Finds the user of a joiner by name and token; undefined for a new user. */
  function seatOf(room, name, hostToken) {
    const user = room.users.find((one) => sameName(one.name, name));
    if (user === undefined) {
      if (hostToken === undefined && sameName(room.hostName, name)) throw new Refusal('room-error', BAD_CREDENTIALS);
      if (hostToken !== undefined && hostToken !== room.hostToken) throw new Refusal('room-error', BAD_CREDENTIALS);
      return undefined;
    }
    if (user.isHost && hostToken === room.hostToken) return user;
    if (keepUsers && !user.isHost && !connected.has(user.id)) return user;
    const taken = `The name "${name}" is already taken in this room. Please choose a different name.`;
    throw new Refusal('room-error', user.isHost ? BAD_CREDENTIALS : taken);
  }

  async function join(socket, { roomId, userName, hostToken }) {
    if (socket.data.roomId !== undefined && socket.data.roomId !== roomId) await leave(socket);
    return inTurn(roomId, async () => {
      const room = await store.read(roomId);
      if (room === null) throw new Refusal('room-error', 'Room not found');
      const name = userName.trim();
      const here = socket.data.roomId === roomId && room.users.find(({ id }) => id === socket.data.userId);
      if (here && sameName(here.name, name)) {
        await welcome(socket, room, here);
        return { roomId, userId: here.id };
      }
      const seat = seatOf(room, name, hostToken);
      const user = seat ?? newUser(name, hostToken !== undefined);
      if (seat === undefined) {
        room.users.push(user);
        if (user.isHost) Object.assign(room, { hostId: user.id, hostName: user.name });
        await store.write(room);
      }
      await enter(socket, room, user);
      await welcome(socket, room, user);
      if (seat === undefined) socket.to(roomId).emit('user-joined', { user });
      return { roomId, userId: user.id };
    });
  }

  /** Takes the socket's user out of its room; the longest in it becomes host when no host is left. */
  function leave(socket) {
    const { roomId, userId } = socket.data;
    if (roomId === undefined) return Promise.resolve();
    Object.assign(socket.data, { roomId: undefined, userId: undefined, userName: undefined });
    connected.delete(userId);
    return inTurn(roomId, async () => {
      await socket.leave(roomId);
      const room = await store.read(roomId);
      if (room === null || !room.users.some(({ id }) => id === userId)) return;
      room.users = room.users.filter(({ id }) => id !== userId);
      if (room.users.length === 0) {
        await store.remove(roomId);
        return;
      }
      const heir = room.users.some(({ isHost }) => isHost) ? undefined : room.users[0];
      if (heir !== undefined) {
        heir.isHost = true;
        Object.assign(room, { hostId: heir.id, hostName: heir.name });
      }
      await store.write(room);
      io.to(roomId).emit('user-left', { userId });
      if (heir !== undefined) io.to(roomId).emit('user-promoted', { userId: heir.id, userName: heir.name });
    });
  }

  return {
    create,
    join,
    async leave(socket, { roomId }) {
      if (socket.data.roomId === roomId) await leave(socket);
    },
    async drop(socket) {
      if (!keepUsers) await leave(socket);
      else connected.delete(socket.data.userId);
    },
    async promote(socket, { roomId, userId }) {
      const room = await hostsRoom(store, socket, roomId, 'Only hosts can promote users');
      const user = room.users.find(({ id }) => id === userId);
      if (user === undefined) throw new Refusal('error', 'User not found');
      if (user.isHost) throw new Refusal('error', 'User is already a host');
      user.isHost = true;
      await store.write(room);
      io.to(roomId).emit('user-promoted', { userId, userName: user.name });
    },
  };
}

/** The room, read from the store, when the socket's user is a host of it. */
export async function hostsRoom(store, socket, roomId, otherwise) {
  const room = await store.read(roomId);
  if (room === null) throw new Refusal('room-error', 'Room not found');
  if (!room.users.find(({ id }) => id === socket.data.userId)?.isHost) throw new Refusal('error', otherwise);
  return room;
}
