package dev.watchnchill.load.party;

import org.jspecify.annotations.Nullable;

/** What members say, as JSON. */
final class Requests {
  private static final String VIDEO = "https://media.example/film.mp4";

  private Requests() {}

  static String create(String name) {
    return "[\"create-room\",{\"hostName\":\"" + name + "\"}]";
  }

  static String join(
      RoomKey room, String name, @Nullable String hostToken, @Nullable String sessionToken) {
    return "[\"join-room\",{\"roomId\":\"%s\",\"userName\":\"%s\"%s%s}]"
        .formatted(
            room.id(), name, field("hostToken", hostToken), field("sessionToken", sessionToken));
  }

  static String setVideo(RoomKey room) {
    return "[\"set-video\",{\"roomId\":\"" + room.id() + "\",\"videoUrl\":\"" + VIDEO + "\"}]";
  }

  static String say(RoomKey room, String text) {
    return "[\"send-message\",{\"roomId\":\"" + room.id() + "\",\"message\":\"" + text + "\"}]";
  }

  static String report(RoomKey room, String position, String timestamp) {
    return "[\"sync-check\",{\"roomId\":\"%s\",\"currentTime\":%s,\"isPlaying\":true,\"timestamp\":%s}]"
        .formatted(room.id(), position, timestamp);
  }

  private static String field(String name, @Nullable String value) {
    return value == null ? "" : ",\"" + name + "\":\"" + value + '"';
  }
}
