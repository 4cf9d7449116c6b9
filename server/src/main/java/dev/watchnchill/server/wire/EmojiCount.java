package dev.watchnchill.server.wire;

/** How often members reacted to the film with one emoji (FX2). */
public record EmojiCount(String emoji, int count) {}
