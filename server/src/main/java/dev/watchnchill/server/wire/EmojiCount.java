package dev.watchnchill.server.wire;

/** The number of reactions to the film with one emoji (FX2). */
public record EmojiCount(String emoji, int count) {}
