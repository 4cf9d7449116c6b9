/** The Socket.IO 5 packet format: text with JSON inside, binary attachments beside it. No I/O. */
@NullMarked
package dev.watchnchill.socketio.packet;

import org.jspecify.annotations.NullMarked;
