package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.Trim;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.Emoji;
import dev.watchnchill.party.name.NameCheck;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.name.VisibleText;
import dev.watchnchill.party.playback.LinkReading;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.provider.LinkProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of events, by their rules (FR1 to FR18). */
final class FieldReader extends PayloadReader {
  private static final int TOKEN_MAX = 200;
  private static final int PASSWORD_MIN = 4;
  private static final int PASSWORD_MAX = 128;

  private static final DisplayName NO_NAME = new DisplayName("??");
  private static final RoomId NO_ROOM = new RoomId("000000");
  private static final Media NO_MEDIA = Media.parse("https://example.org/a.mp4").orElseThrow();

  private static final Pattern LIBRARY_ID = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final NamePolicy names;
  private @Nullable LinkProblem linkProblem;

  FieldReader(JsonNode payload, NamePolicy names) {
    super(payload);
    this.names = names;
  }

  private FieldReader(JsonNode payload, NamePolicy names, List<String> problems) {
    super(payload, problems);
    this.names = names;
  }

  /** Reads a user's name by the policy of the connection (FR1, RT20 to RT22). */
  DisplayName name(String field) {
    String raw = string(field);
    if (raw == null) {
      return NO_NAME;
    }
    return switch (names.check(raw)) {
      case NameCheck.Accepted(DisplayName name) -> name;
      case NameCheck.Rejected(List<String> found) -> {
        problems().addAll(found);
        yield NO_NAME;
      }
    };
  }

  /** Reads the room's id (FR2). */
  RoomId roomId() {
    String raw = string("roomId");
    if (raw == null) {
      return NO_ROOM;
    }
    boolean wrongLength = raw.length() != RoomId.LENGTH;
    boolean otherCharacters = raw.isEmpty() || !raw.chars().allMatch(FieldReader::inRoomIds);
    check(!wrongLength, "Room ID must be exactly 6 characters");
    check(!otherCharacters, "Room ID can only contain uppercase letters and numbers");
    return wrongLength || otherCharacters ? NO_ROOM : new RoomId(raw);
  }

  /** Reads the creator's token, or null when it is absent (FR3). */
  @Nullable String optionalHostToken() {
    String raw = payload.has("hostToken") ? string("hostToken") : null;
    if (raw != null) {
      check(isUuid(raw), "Invalid UUID");
    }
    return raw;
  }

  /** Reads the title of a room, trimmed, or null when it is absent (FR13). */
  @Nullable String optionalTitle() {
    String raw = payload.has("title") ? string("title") : null;
    if (raw == null) {
      return null;
    }
    String title = Trim.both(raw);
    check(!title.isEmpty(), "Too small: expected string to have >=1 characters");
    if (title.codePointCount(0, title.length()) > RoomSettings.TITLE_MAX) {
      problems()
          .add("Too big: expected string to have <=" + RoomSettings.TITLE_MAX + " characters");
    }
    check(
        title.codePoints().allMatch(VisibleText::allows),
        "Title can only contain visible characters");
    return title;
  }

  /** Reads the title of a film, which others may have written, or null when it is absent (FR14). */
  @Nullable String optionalFilmTitle(int lengthMax) {
    return payload.has("title") ? cleanText("title", lengthMax) : null;
  }

  /**
   * Reads a text that others have written: what may not stand in a title is removed, and a longer
   * one is cut (FR14, FR15). Null for any other value, which is a problem.
   */
  @Nullable String cleanText(String field, int lengthMax) {
    String raw = string(field);
    if (raw == null) {
      return null;
    }
    String text = VisibleText.clean(raw, lengthMax);
    check(!text.isEmpty(), "Too small: expected string to have >=1 characters");
    return text;
  }

  /** Reads a password that a joiner gives, or null when it is absent: any that may be right. */
  @Nullable String optionalPassword() {
    String raw = payload.has("password") ? string("password") : null;
    if (raw != null && raw.length() > PASSWORD_MAX) {
      problems().add("Too big: expected string to have <=" + PASSWORD_MAX + " characters");
    }
    return raw;
  }

  /** Reads a password to be set, or null when the field is null (FR13). */
  @Nullable String newPassword() {
    if (isNull("password")) {
      return null;
    }
    String raw = string("password");
    if (raw != null) {
      check(
          raw.length() >= PASSWORD_MIN,
          "Too small: expected string to have >=" + PASSWORD_MIN + " characters");
      check(
          raw.length() <= PASSWORD_MAX,
          "Too big: expected string to have <=" + PASSWORD_MAX + " characters");
    }
    return raw;
  }

  /** Reads a secret that the server has given out, or null when it is absent (FR12). */
  @Nullable String optionalToken(String field) {
    String raw = payload.has(field) ? string(field) : null;
    if (raw != null) {
      check(!raw.isEmpty(), "Too small: expected string to have >=1 characters");
      check(
          raw.length() <= TOKEN_MAX,
          "Too big: expected string to have <=" + TOKEN_MAX + " characters");
    }
    return raw;
  }

  /** Reads the id of a folder or film of the media library, or null when it is absent (FR16). */
  @Nullable String optionalLibraryId(String field) {
    String raw = payload.has(field) ? string(field) : null;
    if (raw != null) {
      check(LIBRARY_ID.matcher(raw).matches(), "Invalid id");
    }
    return raw;
  }

  /** Reads 1 to that many different ids of films; only the first bad one is a problem (FR16). */
  List<String> libraryIds(String field, int countMax) {
    JsonNode node = array(field, countMax);
    if (node == null) {
      return List.of();
    }
    check(!node.isEmpty(), "Too small: expected array to have >=1 items");
    var ids = new LinkedHashSet<String>();
    for (JsonNode id : node) {
      if (!id.isString() || !LIBRARY_ID.matcher(id.stringValue()).matches()) {
        problems().add("Invalid id");
        return List.of();
      }
      ids.add(id.stringValue());
    }
    return List.copyOf(ids);
  }

  /** Reads a user's id, or null when it is absent. */
  @Nullable UserId optionalUserId(String field) {
    UUID id = optionalUuid(field);
    return id == null ? null : new UserId(id);
  }

  /** Reads a user's id (FR4). */
  UserId userId() {
    return new UserId(uuid("userId"));
  }

  /** Reads the link of a video (FR5). */
  Media media() {
    String raw = string("videoUrl");
    return raw == null ? NO_MEDIA : media(raw);
  }

  /** Reads 1 to that many links; only the first bad one is a problem (FR14). */
  List<Media> medias(String field, int countMax) {
    JsonNode node = array(field, countMax);
    if (node == null) {
      return List.of();
    }
    check(!node.isEmpty(), "Too small: expected array to have >=1 items");
    var links = new ArrayList<Media>(node.size());
    int problemsBefore = problems().size();
    for (JsonNode link : node) {
      if (!link.isString()) {
        problems().add("Invalid input: expected string, received " + typeOf(link));
      } else {
        links.add(media(link.stringValue()));
      }
      if (problems().size() > problemsBefore) {
        return List.of();
      }
    }
    return links;
  }

  /** Returns readers of at most that many objects in an array. */
  List<FieldReader> objects(String field, int countMax) {
    JsonNode node = array(field, countMax);
    if (node == null) {
      return List.of();
    }
    var readers = new ArrayList<FieldReader>(node.size());
    for (JsonNode each : node) {
      check(each.isObject(), "Invalid input: expected object, received " + typeOf(each));
      if (each.isObject()) {
        readers.add(new FieldReader(each, names, problems()));
      }
    }
    return readers;
  }

  /** Returns an array of at most that many items; null for any other value, which is a problem. */
  private @Nullable JsonNode array(String field, int countMax) {
    JsonNode node = payload.get(field);
    if (node == null || !node.isArray()) {
      problems().add("Invalid input: expected array, received " + typeOf(node));
      return null;
    }
    if (node.size() > countMax) {
      problems().add("Too big: expected array to have <=" + countMax + " items");
      return null;
    }
    return node;
  }

  private Media media(String raw) {
    check(!Trim.both(raw).isEmpty(), "Video URL is required");
    return switch (Media.read(Trim.both(raw))) {
      case LinkReading.Film(Media media) -> media;
      case LinkReading.Rejected(LinkProblem problem) -> {
        problems().add("Invalid URL format");
        linkProblem = problem;
        yield NO_MEDIA;
      }
    };
  }

  /** Returns why the link of a video is rejected, or null (MD6). */
  @Nullable LinkProblem linkProblem() {
    return linkProblem;
  }

  /** Reads the text of a chat message, trimmed (FR9). */
  String message(int lengthMax) {
    String raw = string("message");
    if (raw == null) {
      return "";
    }
    String text = Trim.both(raw);
    check(!text.isEmpty(), "Too small: expected string to have >=1 characters");
    if (raw.length() > lengthMax) {
      problems().add("Too big: expected string to have <=" + lengthMax + " characters");
    }
    return text;
  }

  /** Reads an emoji, in its normal form (FR17). */
  String emoji() {
    String raw = string("emoji");
    String emoji = raw == null ? null : Emoji.read(raw);
    check(raw == null || emoji != null, "Invalid emoji");
    return emoji == null ? "" : emoji;
  }

  /** Reads a position in a room's stream; one beyond a long is the largest (FR12). */
  long streamNumber(String field) {
    return (long) notNegative(field);
  }

  /** Returns a reader of the object in that field; null for any other value, which is a problem. */
  @Nullable FieldReader object(String field) {
    check(has(field), "Invalid input: expected object, received undefined");
    return optionalObject(field);
  }

  /** Returns a reader of the object in that field; null when it is absent or no object. */
  @Nullable FieldReader optionalObject(String field) {
    JsonNode node = payload.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      problems().add("Invalid input: expected object, received " + typeOf(node));
      return null;
    }
    return new FieldReader(node, names, problems());
  }

  private static boolean inRoomIds(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
