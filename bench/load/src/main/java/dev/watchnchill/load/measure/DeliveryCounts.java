package dev.watchnchill.load.measure;

/** The number of members for each command of a phase: expected, or reached. */
public final class DeliveryCounts {
  private final int[] members;

  /** Creates zeros for so many commands. */
  public DeliveryCounts(int commands) {
    this(new int[commands]);
  }

  private DeliveryCounts(int[] members) {
    this.members = members;
  }

  /** Adds members to a command. */
  public void add(int command, int more) {
    members[command] += more;
  }

  /** Adds the counts of another loop. */
  void add(DeliveryCounts other) {
    for (int i = 0; i < other.members.length; i++) {
      members[i] += other.members[i];
    }
  }

  /** Returns the number of commands. */
  int commands() {
    return members.length;
  }

  DeliveryCounts copy() {
    return new DeliveryCounts(members.clone());
  }

  /** Returns how many of these deliveries the other lacks, command by command. */
  public long notIn(DeliveryCounts other) {
    long missing = 0;
    for (int i = 0; i < members.length; i++) {
      missing += Math.max(0, members[i] - other.members[i]);
    }
    return missing;
  }
}
