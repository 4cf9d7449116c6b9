package dev.watchnchill.server.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that a client may send, with the texts of their rejections (section 4 of the
 * contract).
 *
 * <p>The texts are exactly those of the original server.
 */
public enum ClientEvent {
  /** CR1. */
  CREATE_ROOM("create-room", EventClass.ENTRY, Errors.ROOM, "Failed to create room", null),
  /** JN0. */
  JOIN_ROOM("join-room", EventClass.ENTRY, Errors.ROOM, "Failed to join room", null),
  /** LV1. */
  LEAVE_ROOM("leave-room", EventClass.ENTRY, Errors.ROOM, "Failed to leave room", null),
  /** PR1. */
  PROMOTE_HOST(
      "promote-host",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to promote user",
      "Only hosts can promote users"),
  /** SV1. */
  SET_VIDEO(
      "set-video",
      EventClass.CONTROL,
      Errors.CONTROL,
      "Failed to set video",
      "Only hosts can set the video"),
  /** PB1. */
  PLAY_VIDEO("play-video", "Failed to play video"),
  /** PB2. */
  PAUSE_VIDEO("pause-video", "Failed to pause video"),
  /** PB3. */
  SEEK_VIDEO("seek-video", "Failed to seek video"),
  /** SC1. */
  SYNC_CHECK(
      "sync-check",
      EventClass.SYNC,
      Errors.HOST,
      "Failed to send sync check",
      "Only hosts can send sync checks"),
  /** CH1. */
  SEND_MESSAGE("send-message", EventClass.CHAT, Errors.MEMBER, "Failed to send message", null),
  /** CH7. */
  EDIT_MESSAGE("edit-message", EventClass.CHAT, Errors.HOST, "Failed to edit the message", null),
  /** CH8. */
  DELETE_MESSAGE(
      "delete-message", EventClass.CHAT, Errors.HOST, "Failed to delete the message", null),
  /** CH9. */
  REACT("react", EventClass.CHAT, Errors.HOST, "Failed to react", null),
  /** CH5. */
  GET_MESSAGES("get-messages", EventClass.ENTRY, Errors.HOST, "Failed to read the chat", null),
  /** TY1. */
  TYPING_START(
      "typing-start", EventClass.TYPING, Errors.MEMBER, "Failed to handle typing start", null),
  /** TY1. */
  TYPING_STOP(
      "typing-stop", EventClass.TYPING, Errors.MEMBER, "Failed to handle typing stop", null),
  /** FX1. */
  FILM_REACTION("film-reaction", EventClass.FILM_REACTION, Errors.HOST, "Failed to react", null),
  /** TL6. */
  REPORT_DURATION("report-duration", "Failed to report the duration"),
  /** LS1. */
  REPORT_LIVE("report-live", "Failed to report the live delay"),
  /** TL10. */
  SET_RATE("set-rate", "Failed to set the rate"),
  /** WT1. */
  SET_WAITING("set-waiting", "Failed to set waiting"),
  /** TL9. */
  READY("ready", EventClass.SYNC, Errors.MEMBER, "Failed to be ready", null),
  /** WT2. */
  BUFFERING("buffering", EventClass.SYNC, Errors.MEMBER, "Failed to report buffering", null),
  /** WT2. */
  BUFFERED("buffered", EventClass.SYNC, Errors.MEMBER, "Failed to report buffering", null),
  /** TL7. */
  CLOCK("clock", EventClass.SYNC, Errors.MEMBER, "Failed to read the clock", null),
  /** TL2. */
  GET_TIMELINE("get-timeline", EventClass.SYNC, Errors.HOST, "Failed to read the timeline", null),
  /** SQ2. */
  RESUME("resume", EventClass.ENTRY, Errors.HOST, "Failed to resume", null),
  /** PS6. */
  GET_PEOPLE("get-people", EventClass.ENTRY, Errors.HOST, "Failed to list the people", null),
  /** RT3. */
  SET_SETTINGS(
      "set-settings",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to change the settings",
      "Only hosts can change the settings"),
  /** RT6. */
  DEMOTE_HOST("demote-host", EventClass.CONTROL, Errors.HOST, "Failed to demote user", null),
  /** RT2. */
  TRANSFER_ROOM("transfer-room", EventClass.CONTROL, Errors.HOST, "Failed to hand over", null),
  /** RT8. */
  UNDO_SEEK("undo-seek", "Failed to undo the jump"),
  /** EN2. */
  SET_PASSWORD(
      "set-password",
      EventClass.ENTRY,
      Errors.HOST,
      "Failed to set the password",
      "Only hosts can set the password"),
  /** EN4. */
  ANSWER_KNOCK(
      "answer-knock",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to answer",
      "Only hosts can let people in"),
  /** EN4. */
  GET_KNOCKS(
      "get-knocks",
      EventClass.ENTRY,
      Errors.HOST,
      "Failed to list who waits",
      "Only hosts can let people in"),
  /** EN6. */
  CREATE_INVITE(
      "create-invite",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to make an invitation",
      "Only hosts can invite"),
  /** EN6. */
  GET_INVITES(
      "get-invites",
      EventClass.ENTRY,
      Errors.HOST,
      "Failed to list the invitations",
      "Only hosts can invite"),
  /** EN6. */
  REVOKE_INVITE(
      "revoke-invite",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to revoke the invitation",
      "Only hosts can invite"),
  /** EN8, EN9. */
  REMOVE_MEMBER(
      "remove-member",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to remove user",
      "Only hosts can remove people"),
  /** EN10. */
  GET_BANS(
      "get-bans",
      EventClass.ENTRY,
      Errors.HOST,
      "Failed to list the bans",
      "Only hosts can remove people"),
  /** EN10. */
  LIFT_BAN(
      "lift-ban",
      EventClass.CONTROL,
      Errors.HOST,
      "Failed to lift the ban",
      "Only hosts can remove people"),
  /** QU1. */
  QUEUE_ADD(
      "queue-add",
      EventClass.QUEUE,
      Errors.HOST,
      "Failed to add to the queue",
      "Only hosts can change the queue"),
  /** QU2. */
  QUEUE_REMOVE("queue-remove", EventClass.QUEUE, Texts.QUEUE),
  /** QU2. */
  QUEUE_MOVE("queue-move", EventClass.QUEUE, Texts.QUEUE),
  /** QU3. */
  QUEUE_PLAY("queue-play", EventClass.CONTROL, Texts.QUEUE),
  /** QU3. */
  QUEUE_NEXT("queue-next", EventClass.CONTROL, Texts.QUEUE),
  /** QU3. */
  QUEUE_PREVIOUS("queue-previous", EventClass.CONTROL, Texts.QUEUE),
  /** QU4. */
  QUEUE_SHUFFLE("queue-shuffle", EventClass.QUEUE, Texts.QUEUE),
  /** QU4. */
  QUEUE_CLEAR("queue-clear", EventClass.QUEUE, Texts.QUEUE),
  /** QU5. */
  QUEUE_UNDO("queue-undo", EventClass.QUEUE, Texts.QUEUE),
  /** QU6. */
  SET_QUEUE_MODE("set-queue-mode", EventClass.CONTROL, Texts.QUEUE),
  /** QU7. */
  VOTE_ITEM("vote-item", EventClass.CHAT, Errors.HOST, "Failed to vote", null),
  /** QU7. */
  VOTE_SKIP("vote-skip", EventClass.CHAT, Errors.HOST, "Failed to vote", null),
  /** QU11. */
  DESCRIBE_ITEM(
      "describe-item",
      EventClass.QUEUE,
      Errors.HOST,
      "Failed to describe the film",
      "Only hosts can change the queue"),
  /** QU13. */
  GET_QUEUE("get-queue", EventClass.ENTRY, Errors.HOST, "Failed to read the queue", null),
  /** LB1. */
  GET_LIBRARY(
      "get-library",
      EventClass.ENTRY,
      Errors.HOST,
      "Failed to read the library",
      "Only hosts can read the library"),
  /** LB10. */
  GET_FILM_INFO(
      "get-film-info", EventClass.ENTRY, Errors.HOST, "Failed to read about the films", null),
  /** LB8, LB11. */
  GET_MEDIA_LINK("get-media-link", EventClass.ENTRY, Errors.HOST, "Failed to link the film", null),
  /** SB1. */
  SET_SUBTITLES("set-subtitles", EventClass.SUBTITLES, Texts.SUBTITLES),
  /** SB2. */
  UPLOAD_SUBTITLES("upload-subtitles", EventClass.SUBTITLES, Texts.SUBTITLES),
  /** SB6. */
  GET_SUBTITLES(
      "get-subtitles", EventClass.SUBTITLES, Errors.HOST, "Failed to read the subtitles", null),
  /** VO1. */
  VOICE_JOIN("voice-join", EventClass.CONTROL, Texts.VOICE),
  /** VO1. */
  VOICE_LEAVE("voice-leave", EventClass.CONTROL, Texts.VOICE),
  /** VO4. */
  VOICE_MUTE("voice-mute", EventClass.CONTROL, Texts.VOICE),
  /** VO9. */
  VOICE_CAMERA("voice-camera", EventClass.CONTROL, Texts.VOICE),
  /** VO4. */
  MUTE_VOICE("mute-voice", EventClass.CONTROL, Texts.MUTE),
  /** VO5. */
  VOICE_SIGNAL("voice-signal", EventClass.SIGNAL, Texts.VOICE),
  /** VO7. */
  VOICE_SPEAKING("voice-speaking", EventClass.SPEAKING, Texts.VOICE),
  /** EN11. */
  MUTE_MEMBER("mute-member", EventClass.CONTROL, Texts.MUTE);

  /** The kinds of rejections in an event's row of the contract. */
  private enum Errors {
    /** All of them are {@code room-error}. */
    ROOM,
    /** {@code Not authenticated} for a socket without a seat, and {@code Room not found}. */
    HOST,
    /** {@code Room not found}, and the hosts-only text for guests and for strangers. */
    CONTROL,
    /** {@code Not authenticated} for every socket without a seat in that room. */
    MEMBER
  }

  /** The texts that several events share. */
  private enum Texts {
    QUEUE("Failed to change the queue", "Only hosts can change the queue"),
    SUBTITLES("Failed to share the subtitles", "Only hosts can share subtitles"),
    MUTE("Failed to mute user", "Only hosts can mute people"),
    VOICE("Failed to change the voice", null);

    private final String failed;
    private final @Nullable String hostsOnly;

    Texts(String failed, @Nullable String hostsOnly) {
      this.failed = failed;
      this.hostsOnly = hostsOnly;
    }
  }

  /** Tokens of an event that may change the whole list of the queue. */
  private static final int LIST_TOKENS = 10;

  /** Tokens of an event with a list of subtitles, some of which may have their text with them. */
  private static final int SUBTITLES_TOKENS = 20;

  /** Tokens of an event with one part of a text. */
  private static final int PART_TOKENS = 4;

  private static final Map<String, ClientEvent> BY_NAME = new HashMap<>();

  static {
    for (ClientEvent event : values()) {
      BY_NAME.put(event.wireName, event);
    }
  }

  private final String wireName;
  private final EventClass eventClass;
  private final Errors errors;
  private final String failedText;
  private final @Nullable String hostsOnlyText;

  /** Creates an event whose texts others have too. */
  ClientEvent(String wireName, EventClass eventClass, Texts texts) {
    this(wireName, eventClass, Errors.HOST, texts.failed, texts.hostsOnly);
  }

  ClientEvent(
      String wireName,
      EventClass eventClass,
      Errors errors,
      String failedText,
      @Nullable String hostsOnlyText) {
    this.wireName = wireName;
    this.eventClass = eventClass;
    this.errors = errors;
    this.failedText = failedText;
    this.hostsOnlyText = hostsOnlyText;
  }

  /** Creates an event that controls the video. */
  ClientEvent(String wireName, String failedText) {
    this(
        wireName,
        EventClass.CONTROL,
        Errors.CONTROL,
        failedText,
        "Only hosts can control the video");
  }

  /** Returns the event of that name, or null. */
  public static @Nullable ClientEvent named(String wireName) {
    return BY_NAME.get(wireName);
  }

  /** Returns its name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** Returns the class whose token bucket it uses. */
  public EventClass eventClass() {
    return eventClass;
  }

  /** Returns how many tokens of its class it takes at least (rule RL5). */
  public int tokens() {
    return switch (this) {
      case QUEUE_SHUFFLE, QUEUE_CLEAR, QUEUE_UNDO -> LIST_TOKENS;
      case SET_SUBTITLES -> SUBTITLES_TOKENS;
      case UPLOAD_SUBTITLES, GET_SUBTITLES -> PART_TOKENS;
      default -> 1;
    };
  }

  /** Whether a socket without any seat is rejected before the room is looked up. */
  public boolean needsIdentity() {
    return errors == Errors.HOST || errors == Errors.MEMBER;
  }

  /** Whether the rejection for a missing room says so. */
  public boolean namesMissingRoom() {
    return errors != Errors.MEMBER;
  }

  /** Whether it makes a room take more memory, so that it is rejected when none is left (RL11). */
  public boolean growsRoom() {
    return switch (this) {
      case SEND_MESSAGE,
          EDIT_MESSAGE,
          REACT,
          SET_VIDEO,
          QUEUE_ADD,
          CREATE_INVITE,
          SET_SUBTITLES,
          UPLOAD_SUBTITLES ->
          true;
      default -> false;
    };
  }

  /**
   * Returns the rejection of a member that is no host, and of a stranger where only hosts may act
   * (rule MB1).
   */
  public ErrorReply hostsOnly() {
    String text = hostsOnlyText;
    return text == null
        ? ErrorReply.notAuthenticated()
        : ErrorReply.ofAction(ErrorCode.NOT_HOST, text);
  }

  /** Returns the rejection for a reason of the server's own. */
  public ErrorReply failed(ErrorCode code) {
    return errors == Errors.ROOM
        ? ErrorReply.ofRoom(code, failedText)
        : ErrorReply.ofAction(code, failedText);
  }

  /** Returns the rejection for a missing room. */
  public ErrorReply noSuchRoom() {
    return namesMissingRoom() ? ErrorReply.roomNotFound() : ErrorReply.notAuthenticated();
  }

  /** Returns the rejection for a rate above the limit (rule RL5). */
  public ErrorReply rateLimited() {
    String text = "Too many requests. Please slow down.";
    return this == CREATE_ROOM || this == JOIN_ROOM
        ? ErrorReply.ofRoom(ErrorCode.RATE_LIMITED, text)
        : ErrorReply.ofAction(ErrorCode.RATE_LIMITED, text);
  }
}
