package dev.watchnchill.server.wire;

/** The names of the events of the server on the wire (sections 6 and 7 of the contract). */
final class EventNames {
  private EventNames() {}

  static String of(ServerMessage message) {
    return switch (message) {
      case ServerMessage.RoomCreated _ -> "room-created";
      case ServerMessage.RoomJoined _ -> "room-joined";
      case ServerMessage.UserJoined _ -> "user-joined";
      case ServerMessage.UserLeft _ -> "user-left";
      case ServerMessage.UserAway _ -> "user-away";
      case ServerMessage.UserReturned _ -> "user-returned";
      case ServerMessage.UserPromoted _ -> "user-promoted";
      case ServerMessage.ActionError _, ServerMessage.ConnectionClosing _ -> "error";
      case ServerMessage.RoomError _ -> "room-error";
      case ServerMessage.VideoSet _ -> "video-set";
      case ServerMessage.VideoPlayed _ -> "video-played";
      case ServerMessage.VideoPaused _ -> "video-paused";
      case ServerMessage.VideoSeeked _ -> "video-seeked";
      case ServerMessage.SyncUpdate _ -> "sync-update";
      case ServerMessage.NewMessage _ -> "new-message";
      case ServerMessage.MessageEdited _ -> "message-edited";
      case ServerMessage.MessageDeleted _ -> "message-deleted";
      case ServerMessage.MessageReactions _ -> "message-reactions";
      case ServerMessage.UserTyping _ -> "user-typing";
      case ServerMessage.UserStoppedTyping _ -> "user-stopped-typing";
      case ServerMessage.FilmReactions _ -> "film-reactions";
      case ServerMessage.TimelineState _ -> "timeline";
      case ServerMessage.WaitingSet _ -> "waiting-set";
      case ServerMessage.StatusUpdate _ -> "status";
      case ServerMessage.Presence _, ServerMessage.PresenceSnapshot _ -> "presence";
      case ServerMessage.RoomAvailability _ -> "room-availability";
      case ServerMessage.StreamPosition _ -> "stream-position";
      case ServerMessage.SessionReplaced _ -> "session-replaced";
      case ServerMessage.SettingsChanged _ -> "settings-changed";
      case ServerMessage.QueueChanged _ -> "queue-changed";
      case ServerMessage.SubtitlesChanged _ -> "subtitles-changed";
      case ServerMessage.VoiceState _ -> "voice-state";
      case ServerMessage.VoiceSignal _ -> "voice-signal";
      case ServerMessage.VoiceSpeaking _ -> "voice-speaking";
      case ServerMessage.UserDemoted _ -> "user-demoted";
      case ServerMessage.RoomTransferred _ -> "room-transferred";
      case ServerMessage.HostTokenIssued _ -> "host-token-issued";
      case ServerMessage.MemberMuted _ -> "member-muted";
      case ServerMessage.KnockReceived _ -> "knock";
      case ServerMessage.KnockClosed _ -> "knock-closed";
      case ServerMessage.Knocks _ -> "knocks";
      case ServerMessage.InvitesChanged _ -> "invites-changed";
      case ServerMessage.BansChanged _ -> "bans-changed";
      case ServerMessage.EntryRefused _ -> "entry-refused";
      case ServerMessage.RoomClosed _ -> "room-closed";
    };
  }
}
