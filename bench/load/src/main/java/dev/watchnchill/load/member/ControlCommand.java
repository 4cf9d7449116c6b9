package dev.watchnchill.load.member;

/** The playback commands of a host. */
public enum ControlCommand {
  PLAY("play-video"),
  SEEK("seek-video"),
  PAUSE("pause-video");

  private final String event;

  ControlCommand(String event) {
    this.event = event;
  }

  /** Returns the commands one after the other. */
  public static ControlCommand inTurn(int turn) {
    return values()[turn % values().length];
  }

  String packet(RoomCredentials room, String position) {
    return "[\""
        + event
        + "\",{\"roomId\":\""
        + room.id()
        + "\",\"currentTime\":"
        + position
        + "}]";
  }
}
