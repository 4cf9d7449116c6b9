/** Tests of the queue. */
@NullMarked
package dev.watchnchill.party.queue;

import org.jspecify.annotations.NullMarked;
