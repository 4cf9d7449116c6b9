/** Where rooms are kept: the port, whose Javadoc is a contract that every store passes. */
@NullMarked
package dev.watchnchill.server.store;

import org.jspecify.annotations.NullMarked;
