/**
 * The domain: one room with its members, its film and its chat, as values and rules.
 *
 * <p>Nothing here reads a clock, draws a random number, logs or waits. Time, ids and hashes come in
 * as arguments, so that every behaviour of a room can be tested without a socket. {@link
 * dev.watchnchill.party.RoomRules#decide} is the entry point.
 *
 * <p>Rule numbers such as {@code JN3} are those of {@code docs/CONTRACT.md}.
 */
@NullMarked
package dev.watchnchill.party;

import org.jspecify.annotations.NullMarked;
