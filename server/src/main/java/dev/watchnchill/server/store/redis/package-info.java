/** Rooms on a Redis or a Redis Cluster that many servers share. */
@NullMarked
package dev.watchnchill.server.store.redis;

import org.jspecify.annotations.NullMarked;
