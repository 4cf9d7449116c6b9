package dev.watchnchill.party;

/**
 * The id of one server process. A restarted process has another id.
 *
 * @param value opaque, 1 to 64 characters
 */
public record InstanceId(String value) {
  private static final int LENGTH_MAX = 64;

  /**
   * @throws IllegalArgumentException when the value is empty or too long
   */
  public InstanceId {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("an instance id has 1 to " + LENGTH_MAX + " characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
