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
      case RoomEvent.UserLeft left -> {
        JsonFields.user(out, "user", left.userId());
        RoomEvent.Removal removal = left.removal();
        if (removal != null) {
          JsonFields.user(out, "by", removal.by());
          JsonFields.trueOnly(out, "banned", removal.banned());
        }
      }
      case RoomEvent.UserPromoted promoted -> {
        JsonFields.user(out, "user", promoted.userId());
        out.writeStringProperty("name", promoted.userName().value());
        JsonFields.userIfPresent(out, "by", promoted.by());
      }
      case RoomEvent.UserDemoted demoted -> {
        JsonFields.user(out, "user", demoted.userId());
        out.writeStringProperty("name", demoted.userName().value());
        JsonFields.user(out, "by", demoted.by());
      }
      case RoomEvent.RoomTransferred transferred -> {
        JsonFields.user(out, "user", transferred.hostId());
        out.writeStringProperty("name", transferred.hostName().value());
        JsonFields.userIfPresent(out, "by", transferred.by());
      }
      case RoomEvent.SettingsChanged settings -> {
        SettingsCodec.settings(out, "settings", settings.settings());
        JsonFields.trueOnly(out, "hasPassword", settings.hasPassword());
        JsonFields.user(out, "by", settings.by());
      }
      case RoomEvent.MemberMuted muted -> {
        JsonFields.user(out, "user", muted.userId());
        out.writeStringProperty("name", muted.userName().value());
        out.writeBooleanProperty("muted", muted.muted());
        JsonFields.user(out, "by", muted.by());
      }
      case RoomEvent.HostsChange toHosts -> hostsChange(out, toHosts);
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
        if (changed.undoUntilMs() != 0) {
          out.writeNumberProperty("undoUntil", changed.undoUntilMs());
        }
      }
      case RoomEvent.WaitingSet set -> {
        TimelineCodec.waiting(out, "waiting", set.waiting());
        JsonFields.user(out, "by", set.by());
      }
      case RoomEvent.QueueChanged changed -> {
        QueueChangeCodec.change(out, changed.change());
        JsonFields.userIfPresent(out, "by", changed.by());
      }
      case RoomEvent.SubtitlesChanged changed -> { // without the texts, which readers fetch
        SubtitleCodec.tracks(out, "tracks", changed.tracks());
        JsonFields.userIfPresent(out, "by", changed.by());
      }
      case RoomEvent.ChatChange chat -> chatChange(out, chat);
      case RoomEvent.VoiceChanged _ -> {}
      case RoomEvent.RoomClosed closed ->
          out.writeStringProperty("why", EventEnumNames.END.of(closed.why()));
    }
  }

  private static void chatChange(JsonGenerator out, RoomEvent.ChatChange change) {
    switch (change) {
      case RoomEvent.MessageSent sent -> {
        out.writeObjectPropertyStart("message");
        ChatCodec.message(out, sent.message());
        out.writeEndObject();
      }
      case RoomEvent.MessageEdited edited -> {
        out.writeStringProperty("message", edited.message().toString());
        out.writeStringProperty("text", edited.text());
        out.writeNumberProperty("at", edited.editedAtMs());
        JsonFields.user(out, "by", edited.by());
      }
      case RoomEvent.MessageDeleted deleted -> {
        out.writeStringProperty("message", deleted.message().toString());
        JsonFields.user(out, "by", deleted.by());
      }
      case RoomEvent.MessageReacted reacted ->
          out.writeStringProperty("message", reacted.message().toString());
    }
  }

  private static void hostsChange(JsonGenerator out, RoomEvent.HostsChange change) {
    switch (change) {
      case RoomEvent.HostTokenIssued issued -> JsonFields.user(out, "user", issued.userId());
      case RoomEvent.Knocked knocked -> {
        out.writeName("knock");
        EntryCodec.knock(out, knocked.knock());
      }
      case RoomEvent.KnockClosed closed -> {
        out.writeStringProperty("knock", closed.knock().toString());
        out.writeStringProperty("outcome", EventEnumNames.OUTCOME.of(closed.outcome()));
        JsonFields.userIfPresent(out, "by", closed.by());
      }
      case RoomEvent.InvitationsChanged changed ->
          JsonFields.userIfPresent(out, "by", changed.by());
      case RoomEvent.BansChanged changed -> JsonFields.user(out, "by", changed.by());
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
      case RoomEvent.FilmReacted reacted -> {
        JsonFields.user(out, "user", reacted.userId());
        out.writeStringProperty("name", reacted.userName().value());
        out.writeStringProperty("emoji", reacted.emoji());
      }
      case RoomEvent.VoiceSignalled signalled -> VoiceCodec.signalled(out, signalled);
      case RoomEvent.SpeakingChanged speaking -> {
        JsonFields.user(out, "user", speaking.userId());
        out.writeBooleanProperty("on", speaking.on());
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
