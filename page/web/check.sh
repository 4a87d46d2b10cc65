#!/bin/sh
# Builds the bundle anew and compares it, byte for byte, with the one that is committed. Run 'npm ci' first.
set -eu
cd "$(dirname "$0")"
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
npx --no-install tsc --noEmit
node build.mjs "$fresh"
diff -r "$fresh" ../src/main/resources/dev/tandem/page
echo "the committed bundle is what these sources make"
