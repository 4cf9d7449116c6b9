/** Pages, assets, health and the limits of plain HTTP. */
@NullMarked
package dev.watchnchill.server.http;

import org.jspecify.annotations.NullMarked;
