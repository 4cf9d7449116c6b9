/** The bridge from the Socket.IO server to the runtime. */
@NullMarked
package dev.watchnchill.server.socket;

import org.jspecify.annotations.NullMarked;
