/**
 * Rooms in this process and in a file of one directory, for a server on one machine.
 *
 * <p>Every room is in memory, and memory is what counts; the file (an MVStore of H2) is there to be
 * read once, by the next process. What is acknowledged has been written to the file before, as far
 * as the operating system is concerned: the death of the process loses none of it. The file is
 * forced to the disk about once a second, so a loss of power loses the last second at most, and
 * never damages what was there before it.
 */
@NullMarked
package dev.watchnchill.server.store.file;

import org.jspecify.annotations.NullMarked;
