/** Tests of who comes, goes, stays and rules. */
@NullMarked
package dev.watchnchill.party.access;

import org.jspecify.annotations.NullMarked;
