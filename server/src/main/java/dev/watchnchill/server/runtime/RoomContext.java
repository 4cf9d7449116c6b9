package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomRules;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.Encoder;
import java.util.concurrent.Executor;

/** What a live room needs of the world. */
record RoomContext(
    RoomRules rules,
    RoomStore store,
    Instances instances,
    ServerClock clock,
    Scheduler scheduler,
    FanOut fanOut,
    Encoder encoder,
    Executor executor,
    Observations observations,
    RoomMemory memory) {}
