/** Tests of the domain; each is named after the rule of {@code docs/CONTRACT.md} that it holds. */
@NullMarked
package dev.watchnchill.party;

import org.jspecify.annotations.NullMarked;
