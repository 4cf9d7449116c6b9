/** Tests of the rules of playback. */
@NullMarked
package dev.watchnchill.party.playback;

import org.jspecify.annotations.NullMarked;
