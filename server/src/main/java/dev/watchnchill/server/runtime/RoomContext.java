package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.RoomEventEncoder;

/** The parts of the server that a {@link RoomActor} uses. */
record RoomContext(
    RoomRules rules,
    RoomStore store,
    Instances instances,
    ServerClock clock,
    Scheduler scheduler,
    FanOut fanOut,
    RoomEventEncoder encoder,
    PlaybackMetrics metrics,
    RoomMemory memory) {}
