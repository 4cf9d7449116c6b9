package dev.watchnchill.party.queue;

/**
 * The way in which the queue goes on (rule QU6).
 *
 * @param loop what is shown again
 * @param autoplay whether the next item starts by itself at the end of a film
 * @param order which item is the next one
 */
public record QueueMode(Loop loop, boolean autoplay, Order order) {
  /** The mode of a new room. */
  public static final QueueMode DEFAULT = new QueueMode(Loop.NONE, true, Order.MANUAL);

  /** The items that are shown again. */
  public enum Loop {
    /** None. */
    NONE,
    /** The current item, until a member goes on. */
    ONE,
    /** All: an item that has ended goes to the end of the list. */
    ALL
  }

  /** The order of play. */
  public enum Order {
    /** The order of the list. */
    MANUAL,
    /** Most votes first, and the order of the list among equals. */
    VOTES
  }
}
