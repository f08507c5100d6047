#!/usr/bin/env bash
# How often int8 gives the label that float32 gives, on labelled texts with a language column.
#
#   benches/agreement.sh DATA/sentiment/dev.tsv.gz [options of evaluate, such as --model DIR]
set -euo pipefail
file=$1
shift
program=${PAINPOINT:-target/release/painpoint}
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT

for precision in int8 f32; do
    "$program" evaluate "$file" --errors --precision "$precision" "$@" > "$folder/$precision"
    # Of the rows that are listed, those labelled otherwise than in the file: label and text. All
    # others have the label of the file.
    awk -F '\t' '/^(negative|neutral|positive) for /{ split($1, word, " "); print word[1] "\t" $4 }' \
        "$folder/$precision" | sort > "$folder/$precision.labels"
    grep '^all' "$folder/$precision" | sed "s/^all */$precision: n, accuracy, macro F1: /"
done
n=$(awk '/^all/{ print $2 }' "$folder/int8")
# A text stands on one side alone, or on both with two labels: either way it differs.
comm -3 "$folder/int8.labels" "$folder/f32.labels" | sed 's/^\t//' | cut -f 2 | sort -u | wc -l |
    awk -v n="$n" '{ printf "labels that differ: %d of %d; agreement %.2f %%\n", $1, n, 100 - 100 * $1 / n }'
