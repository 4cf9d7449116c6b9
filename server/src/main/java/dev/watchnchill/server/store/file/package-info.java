/**
 * Rooms in this process and in a file of one directory, for a server on one machine.
 *
 * <p>Every room is in memory, where all requests are answered. The file (an MVStore of H2) is read
 * once, by the next process. It has a record for the state of each room, one for each member, and
 * one for each message; a change writes the records that it changed, in one commit. A change is
 * acknowledged when the operating system has it, so a crash of the process loses nothing. The file
 * is forced to the disk about once a second, so a loss of power loses the last second at most, and
 * never damages what was there before it.
 */
@NullMarked
package dev.watchnchill.server.store.file;

import org.jspecify.annotations.NullMarked;
