/** Members and their rooms, by the base contract. */
@NullMarked
package dev.watchnchill.load.party;

import org.jspecify.annotations.NullMarked;
