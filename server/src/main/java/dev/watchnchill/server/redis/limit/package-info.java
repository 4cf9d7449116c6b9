/** Limits that all servers of a store count together; each counts by itself while it is away. */
@NullMarked
package dev.watchnchill.server.redis.limit;

import org.jspecify.annotations.NullMarked;
