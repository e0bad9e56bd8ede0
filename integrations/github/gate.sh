#!/usr/bin/env bash
# Step «Run the gate» of action.yml: writes all files and outputs, and leaves the decision to the
# last step, so that the comment is written in any case.
set -euo pipefail

# What a repository wrote must not start a workflow command.
harmless() { sed -e 's/^\([[:space:]]*\):/\1 ./' -e 's/##\[/# [/g'; }

out=${ASSESSOR_OUT:-$RUNNER_TEMP/assessor-out}
case $out in
  *$'\n'*)
    echo "The folder for the files of the gate has a line break in its name."
    exit 2
    ;;
esac
mkdir -p -- "$out"
out=$(CDPATH='' cd -- "$out" && pwd)
rm -f -- "$out"/{assessor.sarif,gate.json,junit.xml,comment.md,summary.md}

args=("$ASSESSOR_PATH" --policy "$ASSESSOR_POLICY" --quiet)
base=$ASSESSOR_BASE
if [ -z "$base" ] && [ -n "${GITHUB_BASE_REF:-}" ]; then base=origin/$GITHUB_BASE_REF; fi
if [ -n "$base" ]; then args+=(--baseline "$base"); fi
if [ -n "$ASSESSOR_BASELINE" ]; then args+=(--baseline "$ASSESSOR_BASELINE"); fi
if [ -n "$ASSESSOR_WAIVERS" ]; then args+=(--waivers "$ASSESSOR_WAIVERS"); fi
if [ -n "$ASSESSOR_LANG" ]; then args+=(--lang "$ASSESSOR_LANG"); fi
args+=(
  --format github
  --format "sarif=$out/assessor.sarif"
  --format "json=$out/gate.json"
  --format "junit=$out/junit.xml"
  --format "comment=$out/comment.md"
  --format "summary=$out/summary.md"
)

code=0
"$ASSESSOR" gate "${args[@]}" 2>"$RUNNER_TEMP/assessor-said" || code=$?
harmless <"$RUNNER_TEMP/assessor-said"
if [ "$code" -gt 1 ] && [ -f "$ASSESSOR_PATH/.git/shallow" ]; then
  echo "::error::The checkout is shallow. Give actions/checkout the input fetch-depth: 0."
fi
if [ -f "$out/summary.md" ]; then cat -- "$out/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi

case $code in
  0) outcome=met ;;
  1) outcome=not-met ;;
  4) outcome=unknown ;;
  *) outcome=error ;;
esac
there() { if [ -f "$1" ]; then printf '%s' "$1"; fi; }
{
  echo "outcome=$outcome"
  echo "exit-code=$code"
  echo "out=$out"
  echo "sarif=$(there "$out/assessor.sarif")"
  echo "comment=$(there "$out/comment.md")"
} >>"$GITHUB_OUTPUT"
