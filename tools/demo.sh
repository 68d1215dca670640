#!/bin/sh
# The main job on the sample articles: ingest, an Arabic question, an English one, and a refusal.
set -eu
show() { printf '\n$ sanad %s\n\n' "$*"; sanad "$@"; }
show ingest seeds/
show ask "متى وقع الهجوم على قاعدة عين الأسد في تموز 2021؟"
show ask "How many American soldiers were injured in the attack on Ain al-Asad?"
show ask "What is the population of Ramadi?"
