#!/usr/bin/env bash
# Prints a table of bantin's speed beside that of other tools. All that it installs goes into target/peers. See README.md beside it.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=benches/peers
target=${CARGO_TARGET_DIR:-target}
peers=$target/peers

# Standard output is for the table alone. A tool that cannot be installed is a row of it, not the end.
{
  cargo build --quiet --release --example extract

  mkdir -p "$peers"
  "${PYTHON:-python3}" -m venv "$peers/venv"
  { grep -v '^#' "$here/requirements.txt" || true; } | while read -r package; do
    "$peers/venv/bin/pip" install --quiet --disable-pip-version-check --constraint "$here/requirements.txt" "$package" </dev/null ||
      echo "$package: not installed"
  done

  mkdir -p "$peers/node"
  cp "$here/package.json" "$peers/node/"
  npm install --silent --no-package-lock --no-audit --no-fund --prefix "$peers/node" </dev/null || echo "chrono-node: not installed"
} >&2

"$peers/venv/bin/python" "$here/peers.py" "$target"
