package dev.watchnchill.load.measure;

/**
 * The due times of the commands of a phase. They are fixed before the first command is sent and do
 * not depend on answers (an open model). A due time identifies its command.
 *
 * @param startMicros the due time of the first command
 * @param perSecond commands per second; 0 means no commands
 * @param count the number of commands
 */
public record Schedule(long startMicros, double perSecond, int count) {
  private static final double MICROS = 1e6;

  /** Creates a schedule of a duration. */
  public static Schedule lasting(long startMicros, double perSecond, double seconds) {
    return new Schedule(startMicros, perSecond, (int) Math.round(perSecond * seconds));
  }

  /** Returns the due time of a command. */
  public long dueMicros(int index) {
    return startMicros + Math.round(index * MICROS / perSecond);
  }

  /** Returns the command of a due time; -1 when there is none. */
  public int indexOf(long dueMicros) {
    if (count == 0) {
      return -1;
    }
    long index = Math.round((dueMicros - startMicros) * perSecond / MICROS);
    return index >= 0
            && index < count
            && Math.abs(dueMicros(Math.toIntExact(index)) - dueMicros) <= 1
        ? (int) index
        : -1;
  }
}
