package dev.watchnchill.party;

/**
 * The bounds of a room.
 *
 * @param membersMax most users in one room, away ones included
 * @param chatHistory most chat messages that a base client reads back (rule LF2)
 * @param chatKeep most chat messages that a room keeps (rule CH5), not below chatHistory
 * @param messageLengthMax longest message, in UTF-16 characters (rule FR9)
 * @param reconnectGraceMs how long an away member keeps the seat, and how long present members wait
 *     for a host (rules RS2, LV5)
 * @param emptyRoomGraceMs how long an empty room is kept (rule LV4)
 * @param roomLifeMs how long a room lives from its last write (rule LF1)
 * @param startLeadMinMs least time ahead for which a start is scheduled, for extended clients (rule
 *     TL3)
 * @param startLeadMaxMs most time ahead for which a start is scheduled
 * @param startLeadUnknownMs time ahead for a player that has reported no figures
 * @param readyBarrierMs how long a film waits for its viewers after a seek at most (rule TL9)
 * @param nextBarrierMs how long the next film waits for its viewers at most (rule QU10)
 * @param readyAwaitedMax most viewers that it waits for
 * @param syncToleranceSeconds how far a host's sync check may be off before it re-anchors the
 *     timeline (rule TL5)
 * @param pressedAtWindowMs how far back a pause may be dated (rule TL4)
 * @param presenceEachMax most members of a room that announces each join and departure; a room
 *     above it is a large room (rule PS1)
 * @param voiceMax most members who speak with each other; 0 turns voice off (rule VO1)
 */
public record Limits(
    int membersMax,
    int chatHistory,
    int chatKeep,
    int messageLengthMax,
    long reconnectGraceMs,
    long emptyRoomGraceMs,
    long roomLifeMs,
    long startLeadMinMs,
    long startLeadMaxMs,
    long startLeadUnknownMs,
    long readyBarrierMs,
    long nextBarrierMs,
    int readyAwaitedMax,
    double syncToleranceSeconds,
    long pressedAtWindowMs,
    int presenceEachMax,
    int voiceMax) {

  /** The default of {@code presenceEachMax}. */
  public static final int PRESENCE_EACH_MAX = 200;

  /** Most members in a voice group that a server may be set to: each sends to all others. */
  public static final int VOICE_MAX = 16;

  /** Longest life of a room: 100 years in ms, so that no deadline can overflow. */
  public static final long ROOM_LIFE_MS_MAX = 100L * 365 * 86_400_000;

  /** The default bounds. */
  public static final Limits DEFAULT =
      new Limits(
          5_000,
          20,
          500,
          1_000,
          30_000,
          300_000,
          24L * 3_600_000,
          100,
          600,
          300,
          3_000,
          8_000,
          100,
          0.5,
          1_000,
          PRESENCE_EACH_MAX,
          8);

  /**
   * @throws IllegalArgumentException when a bound is out of range or two of them contradict
   */
  public Limits {
    require(membersMax >= 1, "membersMax must be at least 1");
    require(chatHistory >= 0, "chatHistory must not be negative");
    require(chatKeep >= chatHistory, "chatKeep must not be below chatHistory");
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
    require(
        nextBarrierMs >= readyBarrierMs && nextBarrierMs <= 60_000,
        "nextBarrierMs must be within readyBarrierMs to 60000");
    require(readyAwaitedMax >= 1, "readyAwaitedMax must be at least 1");
    require(syncToleranceSeconds > 0, "syncToleranceSeconds must be positive");
    require(pressedAtWindowMs >= 0, "pressedAtWindowMs must not be negative");
    require(presenceEachMax >= 1, "presenceEachMax must be at least 1");
    require(voiceMax >= 0 && voiceMax <= VOICE_MAX, "voiceMax must be within 0 to " + VOICE_MAX);
  }

  /** Returns these bounds with other grace periods, in ms. */
  public Limits withGraces(long reconnectMs, long emptyRoomMs) {
    return with(
        membersMax,
        chatHistory,
        chatKeep,
        reconnectMs,
        emptyRoomMs,
        roomLifeMs,
        presenceEachMax,
        voiceMax);
  }

  /**
   * Returns these bounds with another number of members and another chat history, beyond which no
   * message is kept.
   */
  public Limits withSizes(int members, int history) {
    return with(
        members,
        history,
        history,
        reconnectGraceMs,
        emptyRoomGraceMs,
        roomLifeMs,
        presenceEachMax,
        voiceMax);
  }

  /** Returns these bounds with another number of messages that a room keeps. */
  public Limits withChatKeep(int keep) {
    return with(
        membersMax,
        chatHistory,
        keep,
        reconnectGraceMs,
        emptyRoomGraceMs,
        roomLifeMs,
        presenceEachMax,
        voiceMax);
  }

  /** Returns these bounds with another lifetime of a room, in ms. */
  public Limits withRoomLife(long lifeMs) {
    return with(
        membersMax,
        chatHistory,
        chatKeep,
        reconnectGraceMs,
        emptyRoomGraceMs,
        lifeMs,
        presenceEachMax,
        voiceMax);
  }

  /** Returns these bounds with another size above which a room is a large room. */
  public Limits withPresenceEach(int max) {
    return with(
        membersMax,
        chatHistory,
        chatKeep,
        reconnectGraceMs,
        emptyRoomGraceMs,
        roomLifeMs,
        max,
        voiceMax);
  }

  /** Returns these bounds with another number of members who speak with each other. */
  public Limits withVoice(int max) {
    return with(
        membersMax,
        chatHistory,
        chatKeep,
        reconnectGraceMs,
        emptyRoomGraceMs,
        roomLifeMs,
        presenceEachMax,
        max);
  }

  private Limits with(
      int members,
      int history,
      int keep,
      long reconnectMs,
      long emptyRoomMs,
      long lifeMs,
      int presence,
      int speakers) {
    return new Limits(
        members,
        history,
        keep,
        messageLengthMax,
        reconnectMs,
        emptyRoomMs,
        lifeMs,
        startLeadMinMs,
        startLeadMaxMs,
        startLeadUnknownMs,
        readyBarrierMs,
        nextBarrierMs,
        readyAwaitedMax,
        syncToleranceSeconds,
        pressedAtWindowMs,
        presence,
        speakers);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
