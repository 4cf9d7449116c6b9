/** What holds of every room, whatever anybody does to it and whenever. */
@NullMarked
package dev.watchnchill.party.property;

import org.jspecify.annotations.NullMarked;
