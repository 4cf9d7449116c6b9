/** Live rooms: sessions, one serial mailbox per room, fan-out, timers and limits. */
@NullMarked
package dev.watchnchill.server.runtime;

import org.jspecify.annotations.NullMarked;
