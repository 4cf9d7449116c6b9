package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of events, with the names that they are stored under. */
enum EventType {
  USER_JOINED("user-joined"),
  USER_LEFT("user-left"),
  USER_PROMOTED("user-promoted"),
  USER_DEMOTED("user-demoted"),
  ROOM_TRANSFERRED("transferred"),
  HOST_TOKEN_ISSUED("host-token"),
  SETTINGS_CHANGED("settings"),
  MEMBER_MUTED("muted"),
  KNOCKED("knock"),
  KNOCK_CLOSED("knock-closed"),
  INVITATIONS_CHANGED("invitations"),
  BANS_CHANGED("bans"),
  USER_AWAY("user-away"),
  USER_RETURNED("user-returned"),
  VIDEO_SET("video-set"),
  CONTROLLED("controlled"),
  TIMELINE_CHANGED("timeline"),
  WAITING_SET("waiting"),
  QUEUE_CHANGED("queue"),
  SUBTITLES_CHANGED("subtitles"),
  MESSAGE_SENT("message"),
  MESSAGE_EDITED("message-edited"),
  MESSAGE_DELETED("message-deleted"),
  MESSAGE_REACTED("reacted"),
  VOICE_CHANGED("voice"),
  ROOM_CLOSED("closed"),
  SYNC_REPORTED("sync"),
  TYPING("typing"),
  FILM_REACTED("film-reaction"),
  VOICE_SIGNALLED("voice-signal"),
  SPEAKING_CHANGED("speaking"),
  READIED("ready"),
  STALLED("stalled"),
  RECOVERED("recovered"),
  REPORTED("report");

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::storedName, Function.identity()));

  private final String storedName;

  EventType(String storedName) {
    this.storedName = storedName;
  }

  String storedName() {
    return storedName;
  }

  /** Returns the type with a stored name, or null for an unknown one. */
  static @Nullable EventType ofName(String storedName) {
    return BY_NAME.get(storedName);
  }

  static EventType of(RoomEvent event) {
    return switch (event) {
      case RoomEvent.UserJoined _ -> USER_JOINED;
      case RoomEvent.UserLeft _ -> USER_LEFT;
      case RoomEvent.UserPromoted _ -> USER_PROMOTED;
      case RoomEvent.UserDemoted _ -> USER_DEMOTED;
      case RoomEvent.RoomTransferred _ -> ROOM_TRANSFERRED;
      case RoomEvent.HostTokenIssued _ -> HOST_TOKEN_ISSUED;
      case RoomEvent.SettingsChanged _ -> SETTINGS_CHANGED;
      case RoomEvent.MemberMuted _ -> MEMBER_MUTED;
      case RoomEvent.Knocked _ -> KNOCKED;
      case RoomEvent.KnockClosed _ -> KNOCK_CLOSED;
      case RoomEvent.InvitationsChanged _ -> INVITATIONS_CHANGED;
      case RoomEvent.BansChanged _ -> BANS_CHANGED;
      case RoomEvent.UserAway _ -> USER_AWAY;
      case RoomEvent.UserReturned _ -> USER_RETURNED;
      case RoomEvent.VideoSet _ -> VIDEO_SET;
      case RoomEvent.Controlled _ -> CONTROLLED;
      case RoomEvent.TimelineChanged _ -> TIMELINE_CHANGED;
      case RoomEvent.WaitingSet _ -> WAITING_SET;
      case RoomEvent.QueueChanged _ -> QUEUE_CHANGED;
      case RoomEvent.SubtitlesChanged _ -> SUBTITLES_CHANGED;
      case RoomEvent.MessageSent _ -> MESSAGE_SENT;
      case RoomEvent.MessageEdited _ -> MESSAGE_EDITED;
      case RoomEvent.MessageDeleted _ -> MESSAGE_DELETED;
      case RoomEvent.MessageReacted _ -> MESSAGE_REACTED;
      case RoomEvent.VoiceChanged _ -> VOICE_CHANGED;
      case RoomEvent.RoomClosed _ -> ROOM_CLOSED;
      case RoomEvent.SyncReported _ -> SYNC_REPORTED;
      case RoomEvent.Typing _ -> TYPING;
      case RoomEvent.FilmReacted _ -> FILM_REACTED;
      case RoomEvent.VoiceSignalled _ -> VOICE_SIGNALLED;
      case RoomEvent.SpeakingChanged _ -> SPEAKING_CHANGED;
      case RoomEvent.PlayerReady _ -> READIED;
      case RoomEvent.PlayerStalled _ -> STALLED;
      case RoomEvent.PlayerRecovered _ -> RECOVERED;
      case RoomEvent.PlayerReported _ -> REPORTED;
    };
  }
}
