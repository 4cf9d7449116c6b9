package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ReadyBarrier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ready barrier of a preparing timeline (TL9).
 *
 * @param reason why the room waits
 * @param awaited the ids of the members whose players it waits for
 * @param until the end of the wait, server ms
 */
public record BarrierState(String reason, @JsonProperty("for") List<String> awaited, long until) {
  static @Nullable BarrierState of(@Nullable ReadyBarrier barrier) {
    return barrier == null
        ? null
        : new BarrierState(
            WireText.name(barrier.reason()),
            barrier.awaited().stream().map(UserId::toString).toList(),
            barrier.untilMs());
  }
}
