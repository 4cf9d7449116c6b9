package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import tools.jackson.core.JsonGenerator;

/** Writes events; each is an object with its type in {@code t}. */
final class EventCodec {
  private EventCodec() {}

  static void event(JsonGenerator out, RoomEvent event) {
    out.writeStartObject();
    out.writeStringProperty("t", EventType.of(event).storedName());
    switch (event) {
      case RoomEvent.Change change -> {
        out.writeNumberProperty("seq", change.seq());
        change(out, change);
      }
      case RoomEvent.TransientEvent transientEvent -> transientEvent(out, transientEvent);
      case RoomEvent.ViewerSignal viewerSignal -> {
        JsonFields.user(out, "user", viewerSignal.userId());
        viewerSignal(out, viewerSignal);
      }
    }
    out.writeEndObject();
  }

  private static void change(JsonGenerator out, RoomEvent.Change change) {
    switch (change) {
      case RoomEvent.UserJoined joined -> {
        out.writeName("member");
        MemberCodec.member(out, joined.member());
      }
      case RoomEvent.UserLeft left -> JsonFields.user(out, "user", left.userId());
      case RoomEvent.UserPromoted promoted -> {
        JsonFields.user(out, "user", promoted.userId());
        out.writeStringProperty("name", promoted.userName().value());
      }
      case RoomEvent.UserAway away -> JsonFields.user(out, "user", away.userId());
      case RoomEvent.UserReturned returned -> JsonFields.user(out, "user", returned.userId());
      case RoomEvent.VideoSet set -> {
        TimelineCodec.media(out, "media", set.media());
        JsonFields.user(out, "by", set.by());
      }
      case RoomEvent.Controlled controlled -> {
        out.writeStringProperty("action", EventEnumNames.ACTION.of(controlled.action()));
        JsonFields.decimal(out, "position", controlled.position());
        out.writeNumberProperty("at", controlled.atMs());
        JsonFields.user(out, "by", controlled.by());
      }
      case RoomEvent.TimelineChanged changed -> {
        TimelineCodec.timeline(out, "timeline", changed.timeline());
        out.writeStringProperty("reason", EventEnumNames.REASON.of(changed.reason()));
      }
      case RoomEvent.WaitingSet set -> {
        TimelineCodec.waiting(out, "waiting", set.waiting());
        JsonFields.user(out, "by", set.by());
      }
      case RoomEvent.MessageSent sent -> {
        out.writeObjectPropertyStart("message");
        ChatCodec.message(out, sent.message());
        out.writeEndObject();
      }
      case RoomEvent.RoomClosed closed ->
          out.writeStringProperty("why", EventEnumNames.END.of(closed.why()));
    }
  }

  private static void transientEvent(JsonGenerator out, RoomEvent.TransientEvent transientEvent) {
    switch (transientEvent) {
      case RoomEvent.SyncReported reported -> {
        JsonFields.decimal(out, "position", reported.position());
        out.writeBooleanProperty("playing", reported.playing());
        JsonFields.decimal(out, "timestamp", reported.timestampMs());
        JsonFields.user(out, "by", reported.by());
      }
      case RoomEvent.Typing typing -> {
        JsonFields.user(out, "user", typing.userId());
        out.writeStringProperty("name", typing.userName().value());
        out.writeBooleanProperty("started", typing.started());
      }
    }
  }

  private static void viewerSignal(JsonGenerator out, RoomEvent.ViewerSignal viewerSignal) {
    switch (viewerSignal) {
      case RoomEvent.PlayerReady readied -> out.writeNumberProperty("seq", readied.seq());
      case RoomEvent.PlayerStalled _, RoomEvent.PlayerRecovered _ -> {}
      case RoomEvent.PlayerReported reported ->
          ReportCodec.report(out, "report", reported.report());
    }
  }
}
