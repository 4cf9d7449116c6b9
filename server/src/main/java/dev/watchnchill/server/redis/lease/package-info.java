/** Which servers share the store, and who takes over the rooms of one that is gone. */
@NullMarked
package dev.watchnchill.server.redis.lease;

import org.jspecify.annotations.NullMarked;
