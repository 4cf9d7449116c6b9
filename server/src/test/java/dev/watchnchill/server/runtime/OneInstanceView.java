package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.User;
import dev.watchnchill.server.wire.WaitingState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of a room that a client of {@link OneInstanceSimulation} derives from its events. */
final class OneInstanceView {
  final RoomId roomId;
  final Map<String, String> names = new LinkedHashMap<>();
  final Set<String> hosts = new HashSet<>();
  final Set<String> away = new HashSet<>();
  final List<String> chat = new ArrayList<>();
  final long epoch;
  long seq;
  @Nullable String url;
  boolean playing;
  ServerMessage.TimelineState timeline;
  WaitingState waiting;
  final String me;

  OneInstanceView(ServerMessage.RoomJoined joined) {
    roomId = new RoomId(joined.room().id());
    joined.room().users().forEach(this::add);
    joined.messages().forEach(said -> chat.add(said.id()));
    epoch = joined.epoch();
    seq = joined.seq();
    url = joined.room().videoUrl();
    playing = joined.room().videoState().isPlaying();
    timeline = joined.timeline();
    waiting = joined.room().waiting();
    me = joined.user().id();
  }

  void add(User user) {
    names.put(user.id(), user.name());
    if (user.isHost()) {
      hosts.add(user.id());
    }
    if (Boolean.TRUE.equals(user.away())) {
      away.add(user.id());
    }
  }

  void at(long itsEpoch, long itsSeq) {
    assertThat(itsEpoch).as("epoch").isEqualTo(epoch);
    assertThat(itsSeq).as("seq").isBetween(seq, seq + 1);
    seq = itsSeq;
  }

  /** Follows an event after changes that were not sent, up to {@code since}. */
  void at(long itsEpoch, long itsSeq, @Nullable Long since) {
    if (since != null) {
      assertThat(since).as("since").isLessThanOrEqualTo(seq);
      seq = Math.max(seq, itsSeq - 1);
    }
    at(itsEpoch, itsSeq);
  }

  void forget(String user) {
    names.remove(user);
    hosts.remove(user);
    away.remove(user);
  }
}
