/**
 * Rooms and their events as JSON, the format of every store that outlives a process.
 *
 * <p>The form is written by hand, field by field, so that renaming something in the code never
 * changes the stored format. Its rules:
 *
 * <ul>
 *   <li>Each record that stands alone (a room, its state, a message, a {@link
 *       dev.watchnchill.server.store.codec.RoomRecord}) has a version {@code v}. It is the oldest
 *       version of this package that can read the record, not the newest that could have written
 *       it: adding something does not raise it, unless an older server that ignores it would let
 *       people do what the hosts have forbidden. The version of the state also counts for members
 *       without one, which are always written with it.
 *   <li>A reader <b>ignores fields that it does not know</b>, takes an absent field that may be
 *       absent for its default, and <b>skips events of a type that it does not know</b>. So a
 *       release may add fields and events while older instances still run on the same store; an
 *       older instance that writes a room drops what it does not know, and the newer one must bear
 *       that.
 *   <li>Anything else (a field that changes its meaning or becomes required, a new name in a field
 *       that holds an enum) takes <b>two releases</b>: the first one reads both forms and writes
 *       the old, the second one writes the new with {@code v} raised.
 *   <li>A record of a higher version, or one that is damaged, is a {@link
 *       dev.watchnchill.server.store.codec.CorruptRecordException}, never a guess.
 *   <li>Whole numbers are JSON integers; seconds and exact times are the shortest decimals that
 *       give the same double again. Times are ms since the epoch. Null and absent are the same.
 *   <li>Tokens are stored as hashes only (rule TK1). The key of a room's hashes is stored as it is.
 * </ul>
 */
@NullMarked
package dev.watchnchill.server.store.codec;

import org.jspecify.annotations.NullMarked;
