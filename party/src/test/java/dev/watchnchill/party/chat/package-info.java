/** Tests of the rules of chat. */
@NullMarked
package dev.watchnchill.party.chat;

import org.jspecify.annotations.NullMarked;
