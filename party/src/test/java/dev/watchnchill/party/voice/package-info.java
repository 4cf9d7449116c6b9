@NullMarked
package dev.watchnchill.party.voice;

import org.jspecify.annotations.NullMarked;
