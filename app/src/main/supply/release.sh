#!/usr/bin/env bash
# Builds what is released, into app/target/release: the archive, the container image and their checksums.
#
#   --base IMAGE   what the container image is built upon (default: eclipse-temurin:21-jre; "scratch" for Tandem's layers alone)
#   --once         do not build a second time to see that both are the same to the byte
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."

base=eclipse-temurin:21-jre
times=2
while (($#)); do
  case $1 in
    --base) base=${2:?give an image} && shift 2 ;;
    --once) times=1 && shift ;;
    *) printf 'error  Cannot use %s: there is no such option; use --base IMAGE or --once\n' "$1" >&2 && exit 2 ;;
  esac
done

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
release=app/target/release
archive=tandem-$version.tar.gz
image=tandem-image-$version.tar

build() {
  rm -rf app/target/tandem app/target/"$archive" app/target/"$image"
  mvn -B -ntp -q -Drelease -Dmaven.test.skip=true -Dimage.base="$1" package
}

# Whatever is at fault, the archive is whole before the image is begun.
build_either() {
  if ! build "$base"; then
    [[ $base != scratch && -f app/target/$archive ]] || exit 1
    printf '▲ the base image %s cannot be had here: the image has the layers of Tandem alone, without Java\n' "$base" >&2
    base=scratch
    build "$base"
  fi
}

build_either
rm -rf "$release" && mkdir -p "$release"
mv "app/target/$archive" "app/target/$image" "$release"
if ((times == 2)); then
  build "$base"
  for file in "$archive" "$image"; do
    cmp "$release/$file" "app/target/$file" || {
      printf 'error  Cannot release %s: a second build gave another file; compare both, and see what depends on the time or the machine\n' "$file" >&2
      exit 1
    }
    rm "app/target/$file"
  done
fi
(cd "$release" && sha256sum "$archive" "$image" >SHA256SUMS)
cp app/target/tandem/bom.json "$release/tandem-$version.bom.json"
mvn -B -ntp -q -o -pl app -am -Dtandem.archive="$PWD/$release/$archive" test -Dtest=ReleaseIT -Dsurefire.failIfNoSpecifiedTests=false
ls -l "$release"
