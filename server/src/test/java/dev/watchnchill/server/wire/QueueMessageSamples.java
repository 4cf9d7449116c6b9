package dev.watchnchill.server.wire;

import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.SkipVotes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sample messages and replies about the queue, by the name of their golden file. */
final class QueueMessageSamples {
  private static final String ANN = "00000000-0000-4000-8000-000000000001";
  private static final String BOB = "00000000-0000-4000-8000-000000000002";
  private static final String ISO = "2023-11-14T22:13:20.007Z";
  private static final String FILM = "https://films.example/one.mp4";
  private static final long NOW = 1_700_000_000_007L;
  private static final long EPOCH = 9;

  private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-00000000000b");
  private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-00000000000c");
  private static final UUID SHOWN = UUID.fromString("00000000-0000-4000-8000-00000000000d");
  private static final UUID EARLIER = UUID.fromString("00000000-0000-4000-8000-00000000000e");
  private static final String TITLE = "\u00c9t\u00e9 \ud83c\udf7f <1>";
  private static final String POSTER = "https://films.example/one.jpg";
  private static final QueueEntry UNKNOWN = entry(FIRST, null, 0, null, 0, 1_048_576, null, null);
  private static final QueueEntry KNOWN =
      entry(SECOND, TITLE, 5_400.5, POSTER, 2, -1_048_576, null, null);
  private static final QueueEntry CURRENT = entry(SHOWN, TITLE, 5_400, null, 0, 0, null, null);
  private static final QueueEntry PLAYED = entry(EARLIER, TITLE, 60, null, 0, 524_288, ISO, null);
  private static final QueueEntry FAILED = entry(EARLIER, null, 0, null, 0, 0, ISO, true);
  static final QueueState EMPTY_QUEUE =
      new QueueState(
          List.of(),
          0,
          new QueueModeState("none", true, "manual"),
          null,
          List.of(),
          new SkipVotes(0, 1),
          null,
          List.of(),
          false);
  static final QueueState QUEUE =
      new QueueState(
          List.of(KNOWN, UNKNOWN),
          2,
          new QueueModeState("all", false, "votes"),
          CURRENT,
          List.of(FAILED, PLAYED),
          new SkipVotes(1, 2),
          NOW + 30_000,
          List.of(SECOND.toString()),
          true);

  private QueueMessageSamples() {}

  private static QueueEntry entry(
      UUID id,
      @Nullable String title,
      double duration,
      @Nullable String poster,
      int votes,
      long rank,
      @Nullable String endedAt,
      @Nullable Boolean failed) {
    return new QueueEntry(
        id.toString(),
        FILM,
        "video",
        title,
        duration,
        poster,
        BOB,
        "Bob",
        ISO,
        votes,
        rank,
        endedAt,
        failed,
        endedAt != null && failed == null ? (Double) 41.5 : null);
  }

  private static QueueUpdate update(
      List<UUID> removed,
      List<QueueEntry> added,
      List<ItemRank> moved,
      List<ItemVotes> votes,
      @Nullable SkipVotes skip,
      @Nullable Long undoUntil) {
    return new QueueUpdate(
        removed, added, moved, votes, List.of(), null, null, null, null, skip, undoUntil);
  }

  private static QueueUpdate shown(
      @Nullable UUID unplayed, @Nullable QueueEntry played, List<QueueUpdate.Details> changed) {
    return new QueueUpdate(
        List.of(SECOND),
        List.of(),
        List.of(),
        List.of(),
        changed,
        unplayed,
        played,
        CURRENT,
        null,
        null,
        null);
  }

  /** Adds a message in every form that it has. */
  static void putMessages(Map<String, ServerMessage> all) {
    all.put(
        "queue-changed",
        new ServerMessage.QueueChanged(
            update(List.of(), List.of(UNKNOWN), List.of(), List.of(), null, NOW + 30_000),
            BOB,
            EPOCH,
            6,
            null));
    all.put(
        "queue-changed.list",
        new ServerMessage.QueueChanged(
            update(
                List.of(EARLIER),
                List.of(UNKNOWN, KNOWN),
                List.of(new ItemRank(FIRST, -5), new ItemRank(SECOND, 1L << 52)),
                List.of(new ItemVotes(SECOND, 0)),
                null,
                0L),
            ANN,
            EPOCH,
            6,
            4L));
    all.put(
        "queue-changed.votes",
        new ServerMessage.QueueChanged(
            update(
                List.of(),
                List.of(),
                List.of(),
                List.of(new ItemVotes(FIRST, 2), new ItemVotes(SECOND, 1)),
                new SkipVotes(1, 3),
                null),
            null,
            EPOCH,
            9,
            6L));
    all.put(
        "queue-changed.shown",
        new ServerMessage.QueueChanged(shown(null, FAILED, List.of()), null, EPOCH, 6, null));
    all.put(
        "queue-changed.previous",
        new ServerMessage.QueueChanged(
            shown(EARLIER, null, List.of(new QueueUpdate.Details(SHOWN, null, 61.5, null))),
            ANN,
            EPOCH,
            6,
            null));
    all.put(
        "queue-changed.described",
        new ServerMessage.QueueChanged(
            new QueueUpdate(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    new QueueUpdate.Details(FIRST, TITLE, 5_400.5, POSTER),
                    new QueueUpdate.Details(SHOWN, TITLE, null, null)),
                null,
                null,
                null,
                null,
                null,
                null),
            null,
            EPOCH,
            6,
            null));
    all.put(
        "queue-changed.mode",
        new ServerMessage.QueueChanged(
            new QueueUpdate(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                new QueueModeState("one", false, "votes"),
                null,
                null),
            ANN,
            EPOCH,
            6,
            null));
  }

  /** Adds a reply of every record. */
  static void putReplies(Map<String, ServerReply> all) {
    all.put("queue-add", new ServerReply.Added(List.of(FIRST, SECOND), EPOCH, 6));
    all.put(
        "queue-add.full",
        ServerReply.failed(ErrorReply.ofAction(ErrorCode.QUEUE_FULL, "The queue is full")));
    all.put("queue-play", new ServerReply.Applied(EPOCH, 6));
    all.put("queue-play.rejected", ServerReply.failed(ClientEvent.QUEUE_PLAY.hostsOnly()));
    all.put(
        "get-queue",
        new ServerReply.QueuePage(List.of(KNOWN, UNKNOWN), FIRST.toString(), 500, EPOCH, 6));
    all.put("get-queue.last", new ServerReply.QueuePage(List.of(KNOWN), null, 1, EPOCH, 6));
  }
}
