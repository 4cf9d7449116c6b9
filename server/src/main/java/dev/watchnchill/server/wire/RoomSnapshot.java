package dev.watchnchill.server.wire;

import java.util.List;

/** The whole state of a room, for a client whose missed events are not known any more (SQ2). */
public record RoomSnapshot(
    RoomState room, List<ChatEntry> messages, ServerMessage.TimelineState timeline) {}
