package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a room, for a client whose missed events are not known any more (SQ2).
 *
 * @param chatMore whether the chat has older messages; null for a base client (CH5)
 */
public record RoomSnapshot(
    RoomState room,
    List<ChatEntry> messages,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean chatMore,
    ServerMessage.TimelineState timeline) {}
