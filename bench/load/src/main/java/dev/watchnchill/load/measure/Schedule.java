package dev.watchnchill.load.measure;

/**
 * An open model: when each command is to be sent was settled before the first, and does not wait
 * for any answer. A time tells which command it belongs to, so that it is all a message has to
 * carry.
 *
 * @param startMicros when the first one is due
 * @param perSecond how many are due in a second; 0: none at all
 * @param count how many there are
 */
public record Schedule(long startMicros, double perSecond, int count) {
  private static final double MICROS = 1e6;

  /** A schedule that long. */
  public static Schedule lasting(long startMicros, double perSecond, double seconds) {
    return new Schedule(startMicros, perSecond, (int) Math.round(perSecond * seconds));
  }

  /** When that command is due. */
  public long dueMicros(int index) {
    return startMicros + Math.round(index * MICROS / perSecond);
  }

  /** Which command was due then; -1 when that is none of these. */
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
