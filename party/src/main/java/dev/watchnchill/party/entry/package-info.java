/** The entry control of a room: settings, passwords, knocks, invitations, bans and mutes. */
@NullMarked
package dev.watchnchill.party.entry;

import org.jspecify.annotations.NullMarked;
