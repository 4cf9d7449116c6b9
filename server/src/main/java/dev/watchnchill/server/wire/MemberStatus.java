package dev.watchnchill.server.wire;

import org.jspecify.annotations.Nullable;

/**
 * The state of one member's player (ST1).
 *
 * @param drift ms, or null when unknown
 * @param bound ms, or null when unknown
 * @param state such as {@code synced}, or null when unknown
 */
public record MemberStatus(
    String userId, @Nullable Long drift, @Nullable Long bound, @Nullable String state) {}
