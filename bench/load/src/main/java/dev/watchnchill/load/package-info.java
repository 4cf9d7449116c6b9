/** The load generator: many members of watch loadRooms in one process. */
@NullMarked
package dev.watchnchill.load;

import org.jspecify.annotations.NullMarked;
