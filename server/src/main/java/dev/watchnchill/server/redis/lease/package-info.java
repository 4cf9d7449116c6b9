/** The instances that share a store, and the takeover of the rooms of a dead one. */
@NullMarked
package dev.watchnchill.server.redis.lease;

import org.jspecify.annotations.NullMarked;
