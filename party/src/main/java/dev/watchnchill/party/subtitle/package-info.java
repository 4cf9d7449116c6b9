/** The subtitles that hosts share with all members of a room (SB). */
@NullMarked
package dev.watchnchill.party.subtitle;

import org.jspecify.annotations.NullMarked;
