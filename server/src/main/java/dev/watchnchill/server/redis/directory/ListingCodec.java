package dev.watchnchill.server.redis.directory;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.RecordJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes and decodes the listed rooms of an instance: a JSON list of bounded length, the rooms
 * with the most members first.
 */
final class ListingCodec {
  /** Most rooms of one instance. */
  static final int ROOMS_MAX = 500;

  /** Most bytes of one instance's rooms. */
  static final int BYTES_MAX = 512 << 10;

  private static final Comparator<RoomListing> LARGEST_FIRST =
      Comparator.comparingInt(RoomListing::members)
          .reversed()
          .thenComparing(room -> room.id().value());

  private ListingCodec() {}

  /** Encodes as many rooms as fit. */
  static byte[] encode(List<RoomListing> rooms) {
    var out = new ByteArrayOutputStream(1_024);
    out.write('[');
    int written = 0;
    for (RoomListing room : rooms.stream().sorted(LARGEST_FIRST).limit(ROOMS_MAX).toList()) {
      byte[] json = RedisLink.bytes(json(room).toString());
      if (out.size() + json.length + 2 > BYTES_MAX) {
        continue; // a smaller one may fit
      }
      if (written++ > 0) {
        out.write(',');
      }
      out.writeBytes(json);
    }
    out.write(']');
    return out.toByteArray();
  }

  private static ObjectNode json(RoomListing room) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", room.id().value());
    json.put("epoch", room.epoch());
    json.put("seq", room.seq());
    if (room.title() != null) {
      json.put("title", room.title());
    }
    Media film = room.film();
    if (film != null) {
      json.put("url", film.url());
      json.put("kind", film.kind().name());
    }
    json.put("members", room.members());
    json.put("entry", room.entry().name());
    json.put("playing", room.playing());
    return json;
  }

  /**
   * Decodes the rooms. One that this version cannot read is left out.
   *
   * @throws CorruptRecordException when the value is not a list
   */
  static List<RoomListing> decode(byte[] value) {
    JsonNode list = RecordJson.read(value);
    if (!list.isArray()) {
      throw new CorruptRecordException("the listed rooms are no list");
    }
    var rooms = new ArrayList<RoomListing>();
    for (JsonNode json : list) {
      RoomListing room = read(json);
      if (room != null && rooms.size() < ROOMS_MAX) {
        rooms.add(room);
      }
    }
    return rooms;
  }

  private static @Nullable RoomListing read(JsonNode json) {
    try {
      JsonNode url = json.get("url");
      JsonNode title = json.get("title");
      return new RoomListing(
          new RoomId(json.path("id").stringValue("")),
          json.path("epoch").longValue(0),
          json.path("seq").longValue(0),
          title == null ? null : title.stringValue(null),
          url == null
              ? null
              : new Media(
                  url.stringValue(""), VideoKind.valueOf(json.path("kind").stringValue(""))),
          json.path("members").intValue(0),
          EntryMode.valueOf(json.path("entry").stringValue("")),
          json.path("playing").booleanValue(false));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
