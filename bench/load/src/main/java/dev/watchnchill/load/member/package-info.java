/** Members and their rooms, by the base contract. */
@NullMarked
package dev.watchnchill.load.member;

import org.jspecify.annotations.NullMarked;
