package dev.watchnchill.party;

import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.RoomSecret;
import org.jspecify.annotations.Nullable;

/**
 * The values that a new room is created with (rules CR1, RT3, EN2).
 *
 * @param id the id in the room's link
 * @param epoch the epoch of the room, greater than that of any earlier room with this id
 * @param name the creator's name
 * @param creator the creator's id
 * @param hostToken hash of the host token
 * @param session hash of the session token of the creator's seat, or null
 * @param instance the instance that the creator is connected to, or null
 * @param identity what the creator can be recognised by
 * @param secret the key of the room's hashes
 * @param settings what the creator has chosen
 * @param password the stored form of the password, or null for none
 */
public record NewRoom(
    RoomId id,
    long epoch,
    DisplayName name,
    UserId creator,
    SecretHash hostToken,
    @Nullable SecretHash session,
    @Nullable InstanceId instance,
    MemberIdentity identity,
    RoomSecret secret,
    RoomSettings settings,
    @Nullable String password) {

  /**
   * @throws IllegalArgumentException when the room asks for a password and has none
   */
  public NewRoom {
    if (settings.entry() == EntryMode.PASSWORD && password == null) {
      throw new IllegalArgumentException("a room without a password cannot ask for it");
    }
  }

  /** Creates an open room with the settings of the original. */
  public NewRoom(
      RoomId id,
      long epoch,
      DisplayName name,
      UserId creator,
      SecretHash hostToken,
      @Nullable SecretHash session,
      @Nullable InstanceId instance) {
    this(
        id,
        epoch,
        name,
        creator,
        hostToken,
        session,
        instance,
        MemberIdentity.NONE,
        RoomSecret.derivedFrom(hostToken),
        RoomSettings.DEFAULT,
        null);
  }

  @Override
  public String toString() {
    return "NewRoom[" + id + "]";
  }
}
