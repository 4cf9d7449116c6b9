package dev.watchnchill.load.measure;

/** For each command of a phase, a number of members: who got it, or who should. */
public final class Deliveries {
  private final int[] members;

  /** Nobody, for so many commands. */
  public Deliveries(int commands) {
    this(new int[commands]);
  }

  private Deliveries(int[] members) {
    this.members = members;
  }

  /** So many more. */
  public void add(int command, int more) {
    members[command] += more;
  }

  /** Those of another count as well. */
  void add(Deliveries other) {
    for (int i = 0; i < other.members.length; i++) {
      members[i] += other.members[i];
    }
  }

  /** For how many commands. */
  int commands() {
    return members.length;
  }

  Deliveries copy() {
    return new Deliveries(members.clone());
  }

  /** How many of these deliveries the other does not have, command by command. */
  public long notIn(Deliveries other) {
    long missing = 0;
    for (int i = 0; i < members.length; i++) {
      missing += Math.max(0, members[i] - other.members[i]);
    }
    return missing;
  }
}
