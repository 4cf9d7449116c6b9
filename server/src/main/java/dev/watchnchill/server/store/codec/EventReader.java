package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads events as {@link EventCodec} writes them. */
final class EventReader {
  private EventReader() {}

  /** Reads a list of events, and skips those of an unknown type. */
  static List<RoomEvent> events(JsonCursor value) {
    var events = new ArrayList<RoomEvent>();
    for (JsonCursor item : value.each(Function.identity())) {
      EventType type = EventType.ofName(item.at("t").asString());
      if (type != null) {
        events.add(event(type, item));
      }
    }
    return List.copyOf(events);
  }

  private static RoomEvent event(EventType type, JsonCursor value) {
    return switch (type) {
      case USER_JOINED ->
          new RoomEvent.UserJoined(seq(value), MemberCodec.member(value.at("member")));
      case USER_LEFT ->
          new RoomEvent.UserLeft(
              seq(value),
              value.at("user").userId(),
              value
                  .at("by")
                  .orNull(by -> new RoomEvent.Removal(by.userId(), value.at("banned").isTrue())));
      case USER_PROMOTED ->
          new RoomEvent.UserPromoted(
              seq(value), value.at("user").userId(), value.at("name").name(), by(value));
      case USER_DEMOTED ->
          new RoomEvent.UserDemoted(
              seq(value),
              value.at("user").userId(),
              value.at("name").name(),
              value.at("by").userId());
      case ROOM_TRANSFERRED ->
          new RoomEvent.RoomTransferred(
              seq(value), value.at("user").userId(), value.at("name").name(), by(value));
      case HOST_TOKEN_ISSUED ->
          new RoomEvent.HostTokenIssued(seq(value), value.at("user").userId());
      case SETTINGS_CHANGED ->
          new RoomEvent.SettingsChanged(
              seq(value),
              SettingsCodec.settings(value.at("settings")),
              value.at("hasPassword").isTrue(),
              value.at("by").userId());
      case MEMBER_MUTED ->
          new RoomEvent.MemberMuted(
              seq(value),
              value.at("user").userId(),
              value.at("name").name(),
              value.at("muted").asBoolean(),
              value.at("by").userId());
      case KNOCKED -> new RoomEvent.Knocked(seq(value), EntryCodec.knock(value.at("knock")));
      case KNOCK_CLOSED ->
          new RoomEvent.KnockClosed(
              seq(value),
              value.at("knock").uuid(),
              EventEnumNames.OUTCOME.read(value.at("outcome")),
              by(value));
      case INVITATIONS_CHANGED -> new RoomEvent.InvitationsChanged(seq(value), by(value));
      case BANS_CHANGED -> new RoomEvent.BansChanged(seq(value), value.at("by").userId());
      case USER_AWAY -> new RoomEvent.UserAway(seq(value), value.at("user").userId());
      case USER_RETURNED -> new RoomEvent.UserReturned(seq(value), value.at("user").userId());
      case VIDEO_SET ->
          new RoomEvent.VideoSet(
              seq(value), TimelineCodec.media(value.at("media")), value.at("by").userId());
      case CONTROLLED ->
          new RoomEvent.Controlled(
              seq(value),
              EventEnumNames.ACTION.read(value.at("action")),
              value.at("position").asDouble(),
              value.at("at").asLong(),
              value.at("by").userId());
      case TIMELINE_CHANGED ->
          new RoomEvent.TimelineChanged(
              seq(value),
              TimelineCodec.timeline(value.at("timeline")),
              EventEnumNames.REASON.read(value.at("reason")),
              value.at("undoUntil").or(JsonCursor::asLong, 0L));
      case WAITING_SET ->
          new RoomEvent.WaitingSet(
              seq(value), TimelineCodec.waiting(value.at("waiting")), value.at("by").userId());
      case QUEUE_CHANGED ->
          new RoomEvent.QueueChanged(seq(value), QueueChangeCodec.change(value), by(value));
      case SUBTITLES_CHANGED ->
          new RoomEvent.SubtitlesChanged(
              seq(value), SubtitleCodec.tracks(value.at("tracks")), by(value), List.of());
      case MESSAGE_SENT ->
          new RoomEvent.MessageSent(seq(value), ChatCodec.message(value.at("message")));
      case MESSAGE_EDITED ->
          new RoomEvent.MessageEdited(
              seq(value),
              value.at("message").uuid(),
              value.at("text").asString(),
              value.at("at").asLong(),
              value.at("by").userId());
      case MESSAGE_DELETED ->
          new RoomEvent.MessageDeleted(
              seq(value), value.at("message").uuid(), value.at("by").userId());
      case MESSAGE_REACTED -> new RoomEvent.MessageReacted(seq(value), value.at("message").uuid());
      case VOICE_CHANGED -> new RoomEvent.VoiceChanged(seq(value));
      case ROOM_CLOSED ->
          new RoomEvent.RoomClosed(seq(value), EventEnumNames.END.read(value.at("why")));
      case SYNC_REPORTED ->
          new RoomEvent.SyncReported(
              value.at("position").asDouble(),
              value.at("playing").asBoolean(),
              value.at("timestamp").asDouble(),
              value.at("by").userId());
      case TYPING ->
          new RoomEvent.Typing(
              value.at("user").userId(), value.at("name").name(), value.at("started").asBoolean());
      case FILM_REACTED ->
          new RoomEvent.FilmReacted(
              value.at("user").userId(), value.at("name").name(), value.at("emoji").asString());
      case VOICE_SIGNALLED -> VoiceCodec.signalled(value);
      case SPEAKING_CHANGED ->
          new RoomEvent.SpeakingChanged(value.at("user").userId(), value.at("on").asBoolean());
      case READIED -> new RoomEvent.PlayerReady(value.at("user").userId(), seq(value));
      case STALLED -> new RoomEvent.PlayerStalled(value.at("user").userId());
      case RECOVERED -> new RoomEvent.PlayerRecovered(value.at("user").userId());
      case REPORTED ->
          new RoomEvent.PlayerReported(
              value.at("user").userId(), ReportCodec.report(value.at("report")));
    };
  }

  private static @Nullable UserId by(JsonCursor value) {
    return value.at("by").orNull(JsonCursor::userId);
  }

  private static long seq(JsonCursor value) {
    return value.at("seq").asLong();
  }
}
