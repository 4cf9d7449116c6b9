package dev.watchnchill.load.party;

/** What a host does to the film. */
public enum Control {
  PLAY("play-video"),
  SEEK("seek-video"),
  PAUSE("pause-video");

  private final String event;

  Control(String event) {
    this.event = event;
  }

  /** The next one in turn. */
  public static Control inTurn(int turn) {
    return values()[turn % values().length];
  }

  String packet(RoomKey room, String position) {
    return "[\""
        + event
        + "\",{\"roomId\":\""
        + room.id()
        + "\",\"currentTime\":"
        + position
        + "}]";
  }
}
