package dev.watchnchill.load.party;

/** A room, and what makes one its host. */
public record RoomKey(String id, String hostToken) {}
