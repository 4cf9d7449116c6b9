/** The chat of a room and its history. */
@NullMarked
package dev.watchnchill.party.chat;

import org.jspecify.annotations.NullMarked;
