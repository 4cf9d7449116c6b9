package dev.watchnchill.load.member;

/** The emoji with which members react, in JSON. */
public enum LoadEmoji {
  LAUGHING("\\ud83d\\ude02"),
  SURPRISED("\\ud83d\\ude2e"),
  APPLAUSE("\\ud83d\\udc4f"),
  FIRE("\\ud83d\\udd25");

  private final String json;

  LoadEmoji(String json) {
    this.json = json;
  }

  /** Returns the emoji one after the other. */
  public static LoadEmoji inTurn(int turn) {
    return values()[turn % values().length];
  }

  String json() {
    return json;
  }
}
