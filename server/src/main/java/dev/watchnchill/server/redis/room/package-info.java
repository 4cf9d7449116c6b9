/** The room store on a Redis or a Redis Cluster that many instances share. */
@NullMarked
package dev.watchnchill.server.redis.room;

import org.jspecify.annotations.NullMarked;
