#!/bin/sh
# Stands in for a program: records its arguments byte for byte, plays the requested fault, prints its output.
# behaviour.ps1 describes the format of the files.
stubs=$ARCWARDEN_STUBS
name=$(basename "$0")
encoded() { base64 | tr -d '\n'; }
if [ $# -eq 0 ]; then arguments=; else arguments=$(printf '%s\0' "$@" | encoded); fi
printf '{"program":"%s","arguments":"%s","folder":"%s"}\n' "$name" "$arguments" "$(pwd | encoded)" >> "$stubs/calls.jsonl"
number=$(grep -vc '"onlyAsked":true' "$stubs/calls.jsonl")
tab=$(printf '\t')
if [ -f "$stubs/faults.txt" ]; then
  while IFS=$tab read -r at of kind text; do
    { [ "$at" = '*' ] || [ "$at" = "$number" ]; } && { [ "$of" = '*' ] || [ "$of" = "$name" ]; } || continue
    text=$(printf %s "$text" | base64 -d)
    case $kind in
      throw | error) echo "$text" >&2; exit 1 ;;
      exit-code) echo 'stub: it failed' >&2; exit "$text" ;;
      warning) echo "Warning: $text" >&2 ;;
      hang) sleep "$text" ;;
      megabytes) head -c "$((text * 1048576))" /dev/zero | tr '\0' x | fold -w 1024 ;;
      says) echo "$text" ;;
      nothing) exit 0 ;;
    esac
  done < "$stubs/faults.txt"
fi
case $name in
  mocctl.exe) printf 'name: stub\ntoken: fake\n' ;;
  kubectl) echo 'NAME STATUS' ;;
esac
exit 0
