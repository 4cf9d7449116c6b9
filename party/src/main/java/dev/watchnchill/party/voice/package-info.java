/**
 * The members of a room who speak with each other, and what their browsers send each other (VO).
 */
@NullMarked
package dev.watchnchill.party.voice;

import org.jspecify.annotations.NullMarked;
