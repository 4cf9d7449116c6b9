package dev.watchnchill.party;

/**
 * Every bound of a room, in one place.
 *
 * @param membersMax most users in one room, away ones included
 * @param chatHistory messages a room keeps (rule LF2)
 * @param messageLengthMax longest message, in UTF-16 characters (rule FR9)
 * @param reconnectGraceMs how long a lost user stays away before leaving, and how long a room with
 *     people waits for a host (rules RS2, LV5)
 * @param emptyRoomGraceMs how long an empty room waits for somebody (rule LV4)
 * @param roomLifeMs how long a room lives from its last write (rule LF1)
 * @param startLeadMinMs how far ahead a start is scheduled at least, for clients that follow the
 *     timeline (rule TL3)
 * @param startLeadMaxMs how far at most
 * @param startLeadUnknownMs how far for a player of which nothing is known
 * @param readyBarrierMs how long a film that was moved waits for its viewers at most (rule TL9)
 * @param readyAwaitedMax for how many of them
 * @param syncToleranceSeconds how far a host's sync check may be off before it re-anchors the
 *     timeline (rule TL5)
 * @param pressedAtWindowMs how far back a pause may be dated (rule TL4)
 * @param presenceEachMax in how large a room people's coming and going is told one by one (rule
 *     PS1)
 */
public record Limits(
    int membersMax,
    int chatHistory,
    int messageLengthMax,
    long reconnectGraceMs,
    long emptyRoomGraceMs,
    long roomLifeMs,
    long startLeadMinMs,
    long startLeadMaxMs,
    long startLeadUnknownMs,
    long readyBarrierMs,
    int readyAwaitedMax,
    double syncToleranceSeconds,
    long pressedAtWindowMs,
    int presenceEachMax) {

  /**
   * In how large a room people's coming and going is told one by one when nobody says otherwise.
   */
  public static final int PRESENCE_EACH_MAX = 200;

  /** Longest life of a room: 100 years in ms, so that no deadline can overflow. */
  public static final long ROOM_LIFE_MS_MAX = 100L * 365 * 86_400_000;

  /** What holds when nobody says otherwise. */
  public static final Limits DEFAULT =
      new Limits(
          5_000,
          20,
          1_000,
          30_000,
          300_000,
          24L * 3_600_000,
          100,
          600,
          300,
          3_000,
          100,
          0.5,
          1_000,
          PRESENCE_EACH_MAX);

  /**
   * @throws IllegalArgumentException when a bound is out of range or two of them contradict
   */
  public Limits {
    require(membersMax >= 1, "membersMax must be at least 1");
    require(chatHistory >= 0, "chatHistory must not be negative");
    require(messageLengthMax >= 1, "messageLengthMax must be at least 1");
    require(reconnectGraceMs >= 0, "reconnectGraceMs must not be negative");
    require(emptyRoomGraceMs >= 0, "emptyRoomGraceMs must not be negative");
    require(
        roomLifeMs > 0 && roomLifeMs <= ROOM_LIFE_MS_MAX,
        "roomLifeMs must be positive and at most " + ROOM_LIFE_MS_MAX);
    require(
        roomLifeMs > reconnectGraceMs && roomLifeMs > emptyRoomGraceMs,
        "roomLifeMs must be longer than both graces");
    require(
        startLeadMinMs >= 0
            && startLeadMinMs <= startLeadUnknownMs
            && startLeadUnknownMs <= startLeadMaxMs
            && startLeadMaxMs <= 5_000,
        "0 <= startLeadMinMs <= startLeadUnknownMs <= startLeadMaxMs <= 5000 must hold");
    require(
        readyBarrierMs >= startLeadMaxMs && readyBarrierMs >= 1 && readyBarrierMs <= 60_000,
        "readyBarrierMs must be within 1 to 60000, and not below startLeadMaxMs");
    require(readyAwaitedMax >= 1, "readyAwaitedMax must be at least 1");
    require(syncToleranceSeconds > 0, "syncToleranceSeconds must be positive");
    require(pressedAtWindowMs >= 0, "pressedAtWindowMs must not be negative");
    require(presenceEachMax >= 1, "presenceEachMax must be at least 1");
  }

  /** The same bounds with other graces, in ms. */
  public Limits withGraces(long reconnectMs, long emptyRoomMs) {
    return with(membersMax, chatHistory, reconnectMs, emptyRoomMs, roomLifeMs, presenceEachMax);
  }

  /** The same bounds with another chat history and another number of members. */
  public Limits withSizes(int members, int history) {
    return with(members, history, reconnectGraceMs, emptyRoomGraceMs, roomLifeMs, presenceEachMax);
  }

  /** The same bounds with another life of a room, in ms. */
  public Limits withRoomLife(long lifeMs) {
    return with(
        membersMax, chatHistory, reconnectGraceMs, emptyRoomGraceMs, lifeMs, presenceEachMax);
  }

  /** The same bounds with another size up to which people's coming and going is told one by one. */
  public Limits withPresenceEach(int max) {
    return with(membersMax, chatHistory, reconnectGraceMs, emptyRoomGraceMs, roomLifeMs, max);
  }

  private Limits with(
      int members, int history, long reconnectMs, long emptyRoomMs, long lifeMs, int presence) {
    return new Limits(
        members,
        history,
        messageLengthMax,
        reconnectMs,
        emptyRoomMs,
        lifeMs,
        startLeadMinMs,
        startLeadMaxMs,
        startLeadUnknownMs,
        readyBarrierMs,
        readyAwaitedMax,
        syncToleranceSeconds,
        pressedAtWindowMs,
        presence);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
