package dev.watchnchill.server.wire;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ViewerReport;
import java.util.UUID;
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
     */
    RoomCommand create(UserId actor, boolean extended);
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

  /** Create a room (CR1). */
  record CreateRoom(DisplayName hostName) implements ClientRequest {}

  /** Join a room, or take a seat back (JN0, RS3). */
  record JoinRoom(
      RoomId roomId,
      DisplayName userName,
      @Nullable String hostToken,
      @Nullable String sessionToken)
      implements ClientRequest {}

  /** Leave the room (LV1). */
  record LeaveRoom(RoomId roomId) implements ClientRequest {}

  /** Read the server's clock, with the state of the client's player if it sends one (TL7). */
  record ReadClock(double t1, @Nullable ViewerReport report) implements ClientRequest {}

  /** Apply a command; the reply carries the position in the stream (AK2). */
  record Command(RoomId roomId, CommandFactory command) implements ForCommand {}

  /** Apply what the sender's player reports about itself (TL9, WT2). */
  record ViewerSignal(RoomId roomId, CommandFactory command) implements ForCommand {}

  /** Send a chat message, under the client's id if it has made one (CH1, CH2). */
  record SendMessage(RoomId roomId, String text, @Nullable UUID messageId) implements ForCommand {}

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
