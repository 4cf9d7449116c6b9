/** The queue of a room: the films to come, the votes for them, and the end of a film. */
@NullMarked
package dev.watchnchill.party.queue;

import org.jspecify.annotations.NullMarked;
