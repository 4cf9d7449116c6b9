package dev.watchnchill.load.member;

/** The id of a room with its host token. */
public record RoomCredentials(String id, String hostToken) {}
