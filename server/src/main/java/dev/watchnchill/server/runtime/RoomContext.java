package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.Encoder;

/** The parts of the server that a {@link RoomActor} uses. */
record RoomContext(
    RoomRules rules,
    RoomStore store,
    Instances instances,
    ServerClock clock,
    Scheduler scheduler,
    FanOut fanOut,
    Encoder encoder,
    PlaybackMetrics metrics,
    RoomMemory memory) {}
