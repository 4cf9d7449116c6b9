/** Recognises the links of video sites, and reads which video they name (rule MD1). */
@NullMarked
package dev.watchnchill.party.provider;

import org.jspecify.annotations.NullMarked;
