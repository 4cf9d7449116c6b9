@NullMarked
package dev.watchnchill.party.entry;

import org.jspecify.annotations.NullMarked;
