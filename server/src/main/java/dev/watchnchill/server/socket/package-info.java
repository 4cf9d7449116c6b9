/** The bridge between the Socket.IO server and the runtime. */
@NullMarked
package dev.watchnchill.server.socket;

import org.jspecify.annotations.NullMarked;
