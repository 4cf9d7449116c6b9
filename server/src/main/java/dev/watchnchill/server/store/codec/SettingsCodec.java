package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomSettings;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes settings: those that differ from the defaults, in fields of an object. */
final class SettingsCodec {
  private static final EnumNames<RoomSettings.Who> WHO =
      new EnumNames<>(
          RoomSettings.Who.values(),
          who ->
              switch (who) {
                case HOSTS -> "hosts";
                case EVERYONE -> "everyone";
              });

  private static final EnumNames<RoomSettings.EntryMode> ENTRY =
      new EnumNames<>(
          RoomSettings.EntryMode.values(),
          mode ->
              switch (mode) {
                case LINK -> "link";
                case PASSWORD -> "password";
                case APPROVAL -> "approval";
                case CLOSED -> "closed";
              });

  private static final RoomSettings DEFAULT = RoomSettings.DEFAULT;

  private SettingsCodec() {}

  static void settings(JsonGenerator out, String name, RoomSettings settings) {
    out.writeObjectPropertyStart(name);
    JsonFields.stringIfPresent(out, "title", settings.title());
    enumOf(out, "control", WHO, settings.control(), DEFAULT.control());
    enumOf(out, "queue", WHO, settings.queue(), DEFAULT.queue());
    enumOf(out, "chat", WHO, settings.chat(), DEFAULT.chat());
    if (settings.slowModeMs() != DEFAULT.slowModeMs()) {
      out.writeNumberProperty("slowModeMs", settings.slowModeMs());
    }
    enumOf(out, "entry", ENTRY, settings.entry(), DEFAULT.entry());
    JsonFields.trueOnly(out, "listed", settings.listed());
    if (settings.skipShare() != DEFAULT.skipShare()) {
      JsonFields.decimal(out, "skipShare", settings.skipShare());
    }
    out.writeEndObject();
  }

  private static <E extends Enum<E>> void enumOf(
      JsonGenerator out, String name, EnumNames<E> names, E value, E byDefault) {
    if (value != byDefault) {
      out.writeStringProperty(name, names.of(value));
    }
  }

  static RoomSettings settings(JsonCursor value) {
    return new RoomSettings(
        value.at("title").orNull(JsonCursor::asString),
        value.at("control").or(WHO::read, DEFAULT.control()),
        value.at("queue").or(WHO::read, DEFAULT.queue()),
        value.at("chat").or(WHO::read, DEFAULT.chat()),
        value.at("slowModeMs").or(JsonCursor::asInt, DEFAULT.slowModeMs()),
        value.at("entry").or(ENTRY::read, DEFAULT.entry()),
        value.at("listed").isTrue(),
        value.at("skipShare").or(JsonCursor::asDouble, DEFAULT.skipShare()));
  }
}
