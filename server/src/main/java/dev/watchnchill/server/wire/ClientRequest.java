package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import dev.watchnchill.party.voice.PeerSignal;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client's event whose payload keeps the field rules (section 3 of the contract). */
public sealed interface ClientRequest {

  /** Makes a command in the name of the member that the sender turns out to be. */
  @FunctionalInterface
  interface CommandFactory {
    /**
     * Returns the command.
     *
     * @param extended whether the actor's client is an extended one (TL3, TL9)
     * @param ids makes random ids
     */
    RoomCommand create(UserId actor, boolean extended, Supplier<UUID> ids);
  }

  /** Returns how many tokens of its class it takes beyond those of its event (RL5). */
  default int moreTokens() {
    return 0;
  }

  /** A request to the room that the sender says it is in. */
  sealed interface InRoom extends ClientRequest {
    /** Returns the id of the room. */
    RoomId roomId();
  }

  /** A request to apply a command to the room. */
  sealed interface ForCommand extends InRoom {}

  /** A request to send something of the room to the sender. */
  sealed interface ForAnswer extends InRoom {}

  /**
   * Create a room (CR1, RT3).
   *
   * @param settings what differs from the settings of the original
   * @param password for the entry, or null
   */
  record CreateRoom(DisplayName hostName, RoomSettings.Change settings, @Nullable String password)
      implements ClientRequest {
    /** Creates a request for an open room with the settings of the original. */
    public CreateRoom(DisplayName hostName) {
      this(hostName, RoomSettings.Change.NONE, null);
    }

    /** Returns the settings of the room; a password alone asks for it (EN2). */
    public RoomSettings settings(RoomSettings defaults) {
      RoomSettings chosen = defaults.with(settings);
      return password != null && chosen.entry() == EntryMode.LINK
          ? chosen.with(RoomSettings.Change.entry(EntryMode.PASSWORD))
          : chosen;
    }

    @Override
    public String toString() {
      return "CreateRoom[" + hostName + "]";
    }
  }

  /**
   * Join a room, or take a seat back (JN0, RS3, EN1).
   *
   * @param password of the room, or null
   * @param invite the token of an invitation, or null
   */
  record JoinRoom(
      RoomId roomId,
      DisplayName userName,
      @Nullable String hostToken,
      @Nullable String sessionToken,
      @Nullable String password,
      @Nullable String invite)
      implements ClientRequest {
    /** Creates a request of a client that brings nothing for the entry. */
    public JoinRoom(
        RoomId roomId,
        DisplayName userName,
        @Nullable String hostToken,
        @Nullable String sessionToken) {
      this(roomId, userName, hostToken, sessionToken, null, null);
    }

    @Override
    public String toString() {
      return "JoinRoom[" + roomId + ", " + userName + "]";
    }
  }

  /** Set the room's password, or remove it with null (EN2). */
  record SetPassword(RoomId roomId, @Nullable String password) implements InRoom {
    @Override
    public String toString() {
      return "SetPassword[" + roomId + "]";
    }
  }

  /**
   * Make an invitation (EN6).
   *
   * @param ttlMs how long it is valid, ms, or null
   * @param uses how many people it lets in, or null
   */
  record CreateInvite(RoomId roomId, @Nullable Long ttlMs, @Nullable Integer uses)
      implements ForCommand {}

  /**
   * Remove a member, and ban the person (EN8, EN9).
   *
   * @param minutes how long a ban holds, or null for as long as the room lives
   */
  record RemoveMember(RoomId roomId, UserId target, boolean ban, @Nullable Long minutes)
      implements ForCommand {}

  /**
   * Add films to the queue (QU1).
   *
   * @param films 1 to {@link dev.watchnchill.party.queue.Queue#ADDED_MAX} films
   */
  record QueueAdd(RoomId roomId, List<NewFilm> films, QueueCommand.Place place)
      implements ForCommand {
    @Override
    public int moreTokens() {
      return films.size() - 1;
    }
  }

  /** Join the voice group (VO1). */
  record JoinVoice(RoomId roomId, boolean muted) implements ForCommand {}

  /** Send a signal to another speaker's page (VO5). */
  record SendSignal(RoomId roomId, UUID to, PeerSignal signal) implements ForCommand {
    /** Characters of a signal for one token: 30 tokens a second are 64 KiB. */
    private static final int CHARACTERS_PER_TOKEN = 2_184;

    @Override
    public int moreTokens() {
      return signal.length() / CHARACTERS_PER_TOKEN;
    }
  }

  /** A film to add, and its title, or null while unknown. */
  record NewFilm(Media media, @Nullable String title) {}

  /**
   * Read a page of the queue's list (QU13).
   *
   * @param after the item before the first one wanted, or null
   * @param limit most items wanted
   */
  record GetQueue(RoomId roomId, @Nullable UUID after, int limit) implements ForAnswer {}

  /** A request for the media library (LB). */
  sealed interface ForLibrary extends InRoom {}

  /** Link to the file of the film that is shown, if it is still that item (LB8). */
  record GetMediaLink(RoomId roomId, int item) implements ForLibrary {}

  /** Describe films of the media library (LB10). */
  record GetFilmInfo(RoomId roomId, List<String> mediaIds) implements ForLibrary {}

  /**
   * Browse or search the media library (LB1).
   *
   * @param folder the id of a folder, or null
   * @param query words of names, or null
   * @param after the id of the last folder or film of the page before, or null
   */
  record GetLibrary(
      RoomId roomId, @Nullable String folder, @Nullable String query, @Nullable String after)
      implements ForLibrary {}

  /** A request about shared subtitles (SB). */
  sealed interface ForSubtitles extends InRoom {}

  /**
   * Share subtitles (SB1).
   *
   * @param tracks at most {@link SubtitleTrack#TRACKS_MAX}
   * @param videoUrl the film that they belong to, or null for the one that is shown
   */
  record SetSubtitles(RoomId roomId, List<ListedTrack> tracks, @Nullable String videoUrl)
      implements ForSubtitles {}

  /**
   * A track of a list to share.
   *
   * @param label null to keep that of a track that is shared already
   * @param language null to keep it, or while unknown
   */
  record ListedTrack(@Nullable String label, @Nullable String language, TrackSource source) {}

  /** Where a listed track comes from. */
  sealed interface TrackSource {}

  /** A track that is shared already. */
  record SharedTrack(UUID trackId) implements TrackSource {}

  /** A track whose text is at an address. */
  record LinkedTrack(String url) implements TrackSource {}

  /** A track whose text is in the request. */
  record WrittenTrack(String text) implements TrackSource {}

  /** A track whose text was uploaded in so many parts. */
  record UploadedTrack(int parts) implements TrackSource {}

  /** Upload the next part of a text, or the first one of another text (SB2). */
  record UploadSubtitles(RoomId roomId, int part, String text) implements ForSubtitles {}

  /** Read a part of the text of shared subtitles (SB6). */
  record GetSubtitles(RoomId roomId, UUID trackId, int part) implements ForSubtitles {}

  /** List the people who wait (EN4). */
  record GetKnocks(RoomId roomId) implements ForAnswer {}

  /** List the invitations (EN6). */
  record GetInvites(RoomId roomId) implements ForAnswer {}

  /** List the bans (EN10). */
  record GetBans(RoomId roomId) implements ForAnswer {}

  /** Leave the room (LV1). */
  record LeaveRoom(RoomId roomId) implements ClientRequest {}

  /** Read the server's clock, with the state of the client's player if it sends one (TL7). */
  record ReadClock(double t1, @Nullable ViewerReport report) implements ClientRequest {}

  /** Apply a command; the reply carries the position in the stream (AK2). */
  record Command(RoomId roomId, CommandFactory command) implements ForCommand {}

  /** Apply what the sender's player reports about itself (TL9, WT2). */
  record ViewerSignal(RoomId roomId, CommandFactory command) implements ForCommand {}

  /** Set the film (SV1). */
  record SetVideo(RoomId roomId, Media media) implements ForCommand {}

  /**
   * Send a chat message, under the client's id if it has made one (CH1, CH2).
   *
   * @param replyTo the message that it answers, or null (CH6)
   */
  record SendMessage(RoomId roomId, String text, @Nullable UUID messageId, @Nullable UUID replyTo)
      implements ForCommand {
    /** Creates a message that answers no other. */
    public SendMessage(RoomId roomId, String text, @Nullable UUID messageId) {
      this(roomId, text, messageId, null);
    }
  }

  /**
   * Read a page of the chat (CH5).
   *
   * @param before the message after the last one wanted, or null for the newest page
   * @param limit most messages wanted
   */
  record GetMessages(RoomId roomId, @Nullable UUID before, int limit) implements ForAnswer {}

  /** Send the timeline to the sender (TL2). */
  record GetTimeline(RoomId roomId) implements ForAnswer {}

  /** Replay the events after a position in the stream (SQ2). */
  record Resume(RoomId roomId, long epoch, long seq) implements ForAnswer {}

  /**
   * List members of the room (PS6).
   *
   * @param after the member before the first one wanted, or null
   * @param query a part of the names wanted, or null
   */
  record GetPeople(RoomId roomId, @Nullable UserId after, @Nullable String query)
      implements ForAnswer {}
}
