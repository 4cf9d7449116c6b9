/** The live room: its serial mailbox, its commits, its timers, and its agreement with the store. */
@NullMarked
package dev.watchnchill.server.runtime.room;

import org.jspecify.annotations.NullMarked;
