/** Who may come into a room: passwords, waiting people, invitations and bans. */
@NullMarked
package dev.watchnchill.party.entry;

import org.jspecify.annotations.NullMarked;
