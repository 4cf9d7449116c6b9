/** The timeline of the film, the commands that control it, and the waits for its viewers. */
@NullMarked
package dev.watchnchill.party.playback;

import org.jspecify.annotations.NullMarked;
