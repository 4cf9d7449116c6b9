/** What is said in a room, and how much of it is kept. */
@NullMarked
package dev.watchnchill.party.chat;

import org.jspecify.annotations.NullMarked;
