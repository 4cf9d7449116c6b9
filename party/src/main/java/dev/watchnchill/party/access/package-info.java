/** Joining, leaving, the host's role, and the seats of lost connections. */
@NullMarked
package dev.watchnchill.party.access;

import org.jspecify.annotations.NullMarked;
