/** The contract over real sockets, with official clients. */
@NullMarked
package dev.watchnchill.server.contract;

import org.jspecify.annotations.NullMarked;
