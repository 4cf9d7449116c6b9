/** Rooms in this process. */
@NullMarked
package dev.watchnchill.server.store.memory;

import org.jspecify.annotations.NullMarked;
