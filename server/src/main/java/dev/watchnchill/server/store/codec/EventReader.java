package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link EventCodec} writes. */
final class EventReader {
  private EventReader() {}

  /** A list, without the events whose type is not known here. */
  static List<RoomEvent> events(JsonCursor value) {
    var events = new ArrayList<RoomEvent>();
    for (JsonCursor one : value.each(Function.identity())) {
      EventType type = EventType.named(one.at("t").text());
      if (type != null) {
        events.add(event(type, one));
      }
    }
    return List.copyOf(events);
  }

  private static RoomEvent event(EventType type, JsonCursor value) {
    return switch (type) {
      case USER_JOINED ->
          new RoomEvent.UserJoined(seq(value), MemberCodec.member(value.at("member")));
      case USER_LEFT -> new RoomEvent.UserLeft(seq(value), value.at("user").userId());
      case USER_PROMOTED ->
          new RoomEvent.UserPromoted(
              seq(value), value.at("user").userId(), value.at("name").name());
      case USER_AWAY -> new RoomEvent.UserAway(seq(value), value.at("user").userId());
      case USER_RETURNED -> new RoomEvent.UserReturned(seq(value), value.at("user").userId());
      case VIDEO_SET ->
          new RoomEvent.VideoSet(
              seq(value), TimelineCodec.media(value.at("media")), value.at("by").userId());
      case CONTROLLED ->
          new RoomEvent.Controlled(
              seq(value),
              EventEnumNames.ACTION.read(value.at("action")),
              value.at("position").real(),
              value.at("at").whole(),
              value.at("by").userId());
      case TIMELINE_CHANGED ->
          new RoomEvent.TimelineChanged(
              seq(value),
              TimelineCodec.timeline(value.at("timeline")),
              EventEnumNames.REASON.read(value.at("reason")));
      case WAITING_SET ->
          new RoomEvent.WaitingSet(
              seq(value), TimelineCodec.waiting(value.at("waiting")), value.at("by").userId());
      case MESSAGE_SENT ->
          new RoomEvent.MessageSent(seq(value), ChatCodec.message(value.at("message")));
      case ROOM_CLOSED ->
          new RoomEvent.RoomClosed(seq(value), EventEnumNames.END.read(value.at("why")));
      case SYNC_REPORTED ->
          new RoomEvent.SyncReported(
              value.at("position").real(),
              value.at("playing").truth(),
              value.at("timestamp").real(),
              value.at("by").userId());
      case TYPING ->
          new RoomEvent.Typing(
              value.at("user").userId(), value.at("name").name(), value.at("started").truth());
      case READIED -> new RoomEvent.PlayerReady(value.at("user").userId(), seq(value));
      case STALLED -> new RoomEvent.PlayerStalled(value.at("user").userId());
      case RECOVERED -> new RoomEvent.PlayerRecovered(value.at("user").userId());
      case REPORTED ->
          new RoomEvent.PlayerReported(
              value.at("user").userId(), ReportCodec.report(value.at("report")));
    };
  }

  private static long seq(JsonCursor value) {
    return value.at("seq").whole();
  }
}
