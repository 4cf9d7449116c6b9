package dev.watchnchill.load.member;

import org.jspecify.annotations.Nullable;

/** The requests of members, as JSON. */
final class RequestJson {
  private static final String VIDEO = "https://media.example/film.mp4";

  private RequestJson() {}

  static String create(String name) {
    return "[\"create-room\",{\"hostName\":\"" + name + "\"}]";
  }

  static String join(
      RoomCredentials room,
      String name,
      @Nullable String hostToken,
      @Nullable String sessionToken) {
    return "[\"join-room\",{\"roomId\":\"%s\",\"userName\":\"%s\"%s%s}]"
        .formatted(
            room.id(), name, field("hostToken", hostToken), field("sessionToken", sessionToken));
  }

  static String setVideo(RoomCredentials room) {
    return "[\"set-video\",{\"roomId\":\"" + room.id() + "\",\"videoUrl\":\"" + VIDEO + "\"}]";
  }

  static String message(RoomCredentials room, String text) {
    return "[\"send-message\",{\"roomId\":\"" + room.id() + "\",\"message\":\"" + text + "\"}]";
  }

  static String filmReaction(RoomCredentials room, LoadEmoji emoji) {
    return "[\"film-reaction\",{\"roomId\":\"%s\",\"emoji\":\"%s\"}]"
        .formatted(room.id(), emoji.json());
  }

  static String reaction(RoomCredentials room, String messageId, LoadEmoji emoji) {
    return "[\"react\",{\"roomId\":\"%s\",\"messageId\":\"%s\",\"emoji\":\"%s\",\"on\":true}]"
        .formatted(room.id(), messageId, emoji.json());
  }

  static String typing(RoomCredentials room, boolean starts) {
    return "[\"typing-%s\",{\"roomId\":\"%s\"}]".formatted(starts ? "start" : "stop", room.id());
  }

  static String report(RoomCredentials room, String position, String timestamp) {
    return "[\"sync-check\",{\"roomId\":\"%s\",\"currentTime\":%s,\"isPlaying\":true,\"timestamp\":%s}]"
        .formatted(room.id(), position, timestamp);
  }

  private static String field(String name, @Nullable String value) {
    return value == null ? "" : ",\"" + name + "\":\"" + value + '"';
  }
}
