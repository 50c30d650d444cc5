"""Counts what `npm run evaluate` found with wfdb-python 4.3.1 and compares, record by record; exit 1 where they differ.

    npm run evaluate -- --db FOLDER --records … --write-annotations bed --json OUT/found.json
    pip install wfdb==4.3.1 && python check.py FOLDER OUT/found.json bed

FOLDER: MIT-BIH; the annotations lie beside the JSON. False beats in ventricular flutter count in neither (EC57).
"""

import json
import sys
from pathlib import Path

import wfdb
from make import BEATS, counts

folder, result, extension = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
different = 0
for row in json.loads(result.read_text())["perRecord"]:
    annotations = wfdb.rdann(str(folder / row["record"]), "atr")
    reference, flutter, since = [], [], None
    for sample, symbol in zip(annotations.sample.tolist(), annotations.symbol):
        if symbol == "[":
            since = sample
        elif symbol == "]":
            flutter.append((since, sample))
            since = None
        elif symbol in BEATS and since is None:
            reference.append(sample)
    ours_found = wfdb.rdann(str(result.parent / row["record"]), extension)
    found = [
        sample
        for sample, symbol in zip(ours_found.sample.tolist(), ours_found.symbol)
        # The note that says who found them is none of them.
        if symbol != '"' and not any(begin <= sample <= end for begin, end in flutter)
    ]
    theirs = counts(reference, found)
    ours = [row["qrs"][name] for name in ("truePositives", "falsePositives", "falseNegatives")]
    different += theirs != ours
    print(row["record"], "TP FP FN", *ours, "as wfdb-python" if ours == theirs else f"but wfdb-python {theirs}")
sys.exit(1 if different else 0)
