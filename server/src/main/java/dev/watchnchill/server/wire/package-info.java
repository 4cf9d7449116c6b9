/** The messages of the contract in both directions, with their decoder and encoder. */
@NullMarked
package dev.watchnchill.server.wire;

import org.jspecify.annotations.NullMarked;
