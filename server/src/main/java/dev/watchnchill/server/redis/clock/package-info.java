/**
 * One server time for every server of a store: its own counter, disciplined by the store's clock.
 */
@NullMarked
package dev.watchnchill.server.redis.clock;

import org.jspecify.annotations.NullMarked;
