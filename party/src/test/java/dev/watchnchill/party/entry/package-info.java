/** Examples of the rules of settings and entry control. */
@NullMarked
package dev.watchnchill.party.entry;

import org.jspecify.annotations.NullMarked;
