package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.runtime.memory.RoomMemory;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.RoomEventEncoder;

/** The parts of the server that a live room uses. */
public record RoomContext(
    RoomRules rules,
    RoomStore store,
    Instances instances,
    ServerClock clock,
    Scheduler scheduler,
    FanOut fanOut,
    RoomEventEncoder encoder,
    PlaybackMetrics metrics,
    RoomMemory memory,
    IdSource ids,
    RoomListings listings,
    FilmDescriptions films) {}
