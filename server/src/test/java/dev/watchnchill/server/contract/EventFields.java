package dev.watchnchill.server.contract;

import java.util.List;
import java.util.Map;

/** The required fields of clients' events. */
final class EventFields {
  static final String ID = "\"6ba7b810-9dad-41d1-80b4-00c04fd430c8\"";

  /** The fields of each event in order. */
  static final Map<String, List<String>> OF_EVENTS =
      Map.ofEntries(
          Map.entry("create-room", List.of("hostName")),
          Map.entry("join-room", List.of("roomId", "userName")),
          Map.entry("leave-room", List.of("roomId")),
          Map.entry("promote-host", List.of("roomId", "userId")),
          Map.entry("set-video", List.of("roomId", "videoUrl")),
          Map.entry("play-video", List.of("roomId", "currentTime")),
          Map.entry("pause-video", List.of("roomId", "currentTime")),
          Map.entry("seek-video", List.of("roomId", "currentTime")),
          Map.entry("sync-check", List.of("roomId", "currentTime", "isPlaying", "timestamp")),
          Map.entry("send-message", List.of("roomId", "message")),
          Map.entry("typing-start", List.of("roomId")),
          Map.entry("typing-stop", List.of("roomId")),
          Map.entry("film-reaction", List.of("roomId", "emoji")),
          Map.entry("report-duration", List.of("roomId", "duration")),
          Map.entry("report-live", List.of("roomId", "item", "delay")),
          Map.entry("set-rate", List.of("roomId", "rate")),
          Map.entry("set-waiting", List.of("roomId", "mode")),
          Map.entry("ready", List.of("roomId", "seq")),
          Map.entry("buffering", List.of("roomId", "seq")),
          Map.entry("buffered", List.of("roomId", "seq")),
          Map.entry("clock", List.of("t1")),
          Map.entry("get-timeline", List.of("roomId")),
          Map.entry("queue-add", List.of("roomId", "videoUrl")),
          Map.entry("queue-remove", List.of("roomId", "itemId")),
          Map.entry("queue-move", List.of("roomId", "itemId", "beforeId")),
          Map.entry("queue-play", List.of("roomId", "itemId")),
          Map.entry("queue-next", List.of("roomId")),
          Map.entry("queue-previous", List.of("roomId")),
          Map.entry("queue-shuffle", List.of("roomId")),
          Map.entry("queue-clear", List.of("roomId")),
          Map.entry("queue-undo", List.of("roomId")),
          Map.entry("set-queue-mode", List.of("roomId")),
          Map.entry("vote-item", List.of("roomId", "itemId", "on")),
          Map.entry("vote-skip", List.of("roomId", "on")),
          Map.entry("describe-item", List.of("roomId", "itemId")),
          Map.entry("get-queue", List.of("roomId")),
          Map.entry("get-library", List.of("roomId")),
          Map.entry("get-media-link", List.of("roomId", "item")),
          Map.entry("get-film-info", List.of("roomId", "mediaIds")),
          Map.entry("resume", List.of("roomId", "epoch", "seq")));

  /** A good value of each field, as JSON. */
  static final Map<String, String> GOOD =
      Map.ofEntries(
          Map.entry("hostName", "\"Ann\""),
          Map.entry("userName", "\"Bob\""),
          Map.entry("roomId", "\"ABC123\""),
          Map.entry("userId", ID),
          Map.entry("videoUrl", "\"https://films.example/a.mp4\""),
          Map.entry("currentTime", "1.5"),
          Map.entry("itemId", ID),
          Map.entry("emoji", "\"\u2764\ufe0f\""),
          Map.entry("mediaIds", "[\"AAAAAAAAAAAAAAAAAAAAA1\"]"),
          Map.entry("beforeId", ID),
          Map.entry("on", "true"),
          Map.entry("isPlaying", "true"),
          Map.entry("timestamp", "1700000000000"),
          Map.entry("message", "\"hi\""),
          Map.entry("duration", "60"),
          Map.entry("item", "1"),
          Map.entry("delay", "-9000.5"),
          Map.entry("rate", "1.5"),
          Map.entry("mode", "\"never\""),
          Map.entry("t1", "1"),
          Map.entry("epoch", "1"),
          Map.entry("seq", "1"));

  private EventFields() {}
}
