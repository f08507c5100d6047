"""How often delimiter and quotes of delimited text are found: on files whose dialect people wrote down.

    python3 quality/dialects.py BINARY FOLDER ANNOTATIONS [OTHER]

FOLDER has the files, ANNOTATIONS a line a file as csv-nose has them (github.com/jqnatividad/csv-nose,
tests/data/annotations): name|encoding|delimiter|quote|escape|line ends. The files are those of
github.com/ws-garcia/CSVsniffer: CSV (Pollock), W3C-CSVW and CSV_Wrangling. OTHER is the binary of csv-nose,
which is asked about the same files in the same run. A file that is not there counts for neither.

A dialect is right if it is the one written down, or if it makes the same table of the file: where nothing
is quoted, or all is one column. Prints, for each program, the files and how many of them it found right.
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

SIGNS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "vslash": "|", "space": " ", "nsign": "#", "colon": ":",
    "doublequote": '"', "singlequote": "'", "": None,
}


def ours(binary, path):
    """Delimiter and quote. Nothing is asked of the columns: most of the files hold no texts."""
    command = [binary, "inspect", "--json", "--header-rows", "0", "--text-column", "column_1", path]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        return None, (run.stderr.strip().splitlines() or [""])[-1]
    told = json.loads(run.stdout)
    format = told["inputs"][0]["layout"]["format"]
    if "delimited" not in format:
        return None, str(format)
    return (format["delimited"]["delimiter"], format["delimited"]["quote"]), ""


def theirs(binary, path):
    run = subprocess.run([binary, "--format", "json", path], capture_output=True, text=True)
    if run.returncode:
        return None, run.stderr.strip()
    told = json.loads(run.stdout)
    dialect = (told[0] if isinstance(told, list) else told)["dialect"]
    quote = dialect.get("quote")
    return (dialect["delimiter"], quote if isinstance(quote, str) and len(quote) == 1 else None), ""


def table(content, delimiter, quote):
    """What a dialect makes of a file; the bytes themselves where that is nothing."""
    quoting = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    text = io.StringIO(content.decode("latin-1"), newline="")
    try:
        return list(csv.reader(text, delimiter=delimiter or "\x1f", quotechar=quote, quoting=quoting))
    except csv.Error:
        return content


def is_right(found, written, content):
    return found == written or table(content, *found) == table(content, *written)


def main():
    csv.field_size_limit(10**9)
    binary, folder, annotations, *other = sys.argv[1:]
    programs = {"painpoint": lambda path: ours(binary, path)}
    if other:
        programs["csv-nose"] = lambda path: theirs(other[0], path)
    rows = []
    for line in Path(annotations).read_text().splitlines():
        parts = line.split("|")
        path = Path(folder) / parts[0]
        if line.startswith("#") or parts[0] == "file_name" or not path.is_file():
            continue
        rows.append((path, SIGNS.get(parts[2], parts[2]), SIGNS.get(parts[3], '"')))
    for program, find in programs.items():
        right = 0
        for path, delimiter, quote in rows:
            found, problem = find(str(path))
            if found is None:
                print(f"  {program}: {path.name}: not read: {problem}", file=sys.stderr)
                continue
            if is_right(found, (delimiter, quote), path.read_bytes()):
                right += 1
            else:
                print(f"  {program}: {path.name}: {found}, not {(delimiter, quote)}", file=sys.stderr)
        print(f"{program}: {right} of {len(rows)} files right ({right / len(rows):.2%})")


if __name__ == "__main__":
    main()
