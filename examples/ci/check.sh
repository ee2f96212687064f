#!/bin/sh
# For any other CI, and for a Makefile: sh check.sh agreements
# alliancekit is installed away from the checkout; ALLIANCEKIT says which: a version, or a folder with a copy of it.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -I -m venv "$home"
"$home/bin/pip" install --quiet "${ALLIANCEKIT:-alliancekit}"
"$home/bin/alliancekit" check "$@"
