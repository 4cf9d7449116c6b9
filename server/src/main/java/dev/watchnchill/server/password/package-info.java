/** Passwords of rooms: their stored form, and checks that are bounded in number and in cost. */
@NullMarked
package dev.watchnchill.server.password;

import org.jspecify.annotations.NullMarked;
