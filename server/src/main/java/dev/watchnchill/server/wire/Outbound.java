package dev.watchnchill.server.wire;

import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to the members of a room.
 *
 * @param name of the event
 * @param payload what Jackson writes
 * @param except who does not get it, or null
 * @param droppable whether a slow member may miss it
 */
public record Outbound(String name, Object payload, @Nullable UserId except, boolean droppable) {}
