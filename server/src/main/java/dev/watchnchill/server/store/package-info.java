/** The port to the stores of rooms; its Javadoc is a contract that every store passes. */
@NullMarked
package dev.watchnchill.server.store;

import org.jspecify.annotations.NullMarked;
