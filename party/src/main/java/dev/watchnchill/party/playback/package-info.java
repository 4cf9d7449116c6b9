/** The timeline of the film and what may move it. */
@NullMarked
package dev.watchnchill.party.playback;

import org.jspecify.annotations.NullMarked;
