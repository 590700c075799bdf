#!/usr/bin/env bash
# The main job on invented pages: read them into a ledger, ask it, and say what to try next.
set -euo pipefail
onrecord=${1:-onrecord}
here=$(dirname "$0")
ledger=$(mktemp -d)/demo.db
trap 'rm -rf "$(dirname "$ledger")"' EXIT
export ONRECORD_LEDGER=$ledger ONRECORD_ACTORS=$here/actors.tsv

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "Ten pages about the invented states of Karvenia and Sulmar go into a ledger:"
"$onrecord" add "$here/pages"
"$onrecord" add "$here/spun.txt" --published 2031-05-18
say "Did it happen? Who says so, who denies it, who dodges? (onrecord contacts)"
"$onrecord" contacts
number=$("$onrecord" contacts --status disputed --format csv | sed -n '2s/,.*//p')
say "Every row opens its evidence. The contact in April, that one side denies (onrecord contact $number):"
"$onrecord" contact "$number"
say "Which pages tell of one happening, which are copies, and how many origins stand behind them (onrecord stories)"
"$onrecord" stories
say "Who said what: the Karvenian spokeswoman (onrecord said Tarn --limit 4)"
"$onrecord" said Tarn --limit 4
say "Try next, on pages of your own:"
cat <<EOF
  $onrecord serve                          the desk, in a browser on this machine
  $onrecord read PAGE.html                 what does this page say?
  $onrecord add FOLDER more.jsonl -        into a ledger (./onrecord.db)
  $onrecord contacts Putin Trump --since 2024-11
  $onrecord contact 7                      one contact with its evidence
  $onrecord said Peskov --about Trump
  $onrecord doctor
EOF
