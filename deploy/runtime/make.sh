#!/usr/bin/env bash
# Makes a folder that runs the server on a machine without a JDK:
#   DIR/lib    the server's jars, as ./watchnchill build made them
#   DIR/java   a Java runtime with only the modules that they use
#   DIR/start  starts it; DIR/healthy tells whether it is well
#   DIR/start.aot  what a start begins from, so that it takes a third of the time (when Node and web/node_modules are there)
# Usage: deploy/runtime/make.sh DIR        (after ./watchnchill build; JAVA_HOME is a JDK 25)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=${1:?usage: deploy/runtime/make.sh DIR}
jars="$root/server/target/app/lib"

[ -x "${JAVA_HOME:-}/bin/jlink" ] || { echo "runtime: set JAVA_HOME to a JDK 25" >&2; exit 1; }
[ -d "$jars" ] || { echo "runtime: run ./watchnchill build first" >&2; exit 1; }
[ ! -e "$target/java" ] || { echo "runtime: $target/java is there already" >&2; exit 1; }

mkdir -p "$target/lib"
cp "$jars"/*.jar "$target/lib/"

# Asked of the jars themselves, so that a new library needs no change here.
modules=$("$JAVA_HOME/bin/jdeps" --ignore-missing-deps --print-module-deps --multi-release 25 \
  -cp "$target/lib/*" "$target"/lib/*.jar 2>/dev/null | tail -n 1)
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages \
  --strip-java-debug-attributes --compress zip-6 --output "$target/java"
# The class archive of the object layout that `start` asks for.
"$target/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump >/dev/null

install -m 755 "$root/deploy/runtime/start" "$root/deploy/runtime/healthy" "$target/"
node "$root/scripts/train.mjs" "$target/start.aot" "$target/start" >/dev/null || echo "runtime: it starts slowly, without an AOT cache" >&2
echo "$target: $(du -sh "$target" | cut -f1), modules $modules"
