/** Tests of joining, leaving, the host's role and seats. */
@NullMarked
package dev.watchnchill.party.access;

import org.jspecify.annotations.NullMarked;
