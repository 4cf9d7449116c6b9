/**
 * One server time for all instances of a store: a local counter, slewed towards the store's clock.
 */
@NullMarked
package dev.watchnchill.server.redis.clock;

import org.jspecify.annotations.NullMarked;
