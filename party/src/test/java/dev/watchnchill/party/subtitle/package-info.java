@NullMarked
package dev.watchnchill.party.subtitle;

import org.jspecify.annotations.NullMarked;
