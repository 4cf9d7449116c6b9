/** The contract on the wire: what clients say and hear, decoded and encoded in one place. */
@NullMarked
package dev.watchnchill.server.wire;

import org.jspecify.annotations.NullMarked;
