// Messages and typing: the room itself is not read for these.
import { randomUUID } from 'node:crypto';
import { Refusal } from './rules.mjs';

function identified(socket, roomId) {
  if (socket.data.userId === undefined || socket.data.roomId !== roomId) throw new Refusal('error', 'Not authenticated');
  return socket.data;
}

export function chatOf({ io, store }) {
  return {
    async send(socket, { roomId, message }) {
      const { userId, userName } = identified(socket, roomId);
      const timestamp = new Date().toISOString();
      const said = { id: randomUUID(), userId, userName, message: message.trim(), timestamp, roomId, isRead: false };
      await store.addMessage(roomId, said);
      io.to(roomId).emit('new-message', { message: said });
      return { messageId: said.id };
    },
    async typing(socket, { roomId }) {
      const { userId, userName } = identified(socket, roomId);
      socket.to(roomId).emit('user-typing', { userId, userName });
    },
    async stoppedTyping(socket, { roomId }) {
      socket.to(roomId).emit('user-stopped-typing', { userId: identified(socket, roomId).userId });
    },
  };
}
