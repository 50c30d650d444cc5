"""Makes golden.json: what wfdb-python 4.3.1's Comparitor counts, to compare match.ts with.

    pip install wfdb==4.3.1 && python make.py FOLDER-OF-MIT-BIH

`generated`: fast, uneven rhythms, whole. `records`: of the beats of each MIT-BIH record, disturbed by
`disturb` (the same in compare.test.ts), the counts alone: no recording and no annotation of one stands in the file.
The Comparitor wants beats nearer than its window, EC57 at most 150 ms apart: 55 samples there are 54 here. Of beats
denser than a heart's it gives one to two partners (and counts negative false positives), so none are generated.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np
import wfdb
from wfdb.processing import compare_annotations

HERE = Path(__file__).parent
WINDOW = 55
BEATS = set("NLRejBnAaJSVErF/fQ?")


def counts(reference, found):
    comparison = compare_annotations(np.array(reference), np.array(found), WINDOW)
    assert len(set(comparison.matched_test_inds)) == comparison.tp, "a beat has two partners"
    return [int(comparison.tp), int(comparison.fp), int(comparison.fn)]


def beats_of(folder, name):
    """Sample indices of the beats outside ventricular flutter."""
    annotations = wfdb.rdann(str(Path(folder) / name), "atr")
    samples, flutter = [], False
    for sample, symbol in zip(annotations.sample, annotations.symbol):
        if symbol in "[]":
            flutter = symbol == "["
        elif symbol in BEATS and not flutter:
            samples.append(int(sample))
    return samples


def disturb(samples, seed):
    """Beats missed, moved within and beyond the tolerance, and added, by a linear congruential generator."""
    state = seed

    def draw(count):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state * count // 2**32

    found = set()
    for sample in samples:
        if draw(100) < 3:
            continue
        reach = 80 if draw(100) < 5 else 30
        found.add(max(0, sample - reach + draw(2 * reach + 1)))
        if draw(100) < 4:
            found.add(sample + 20 + draw(150))
    return sorted(found)


if __name__ == "__main__":
    generator = random.Random(4)
    generated = []
    for seed in range(40):
        at, reference = 0, []
        for _ in range(40):
            at += generator.randint(75, 400)
            reference.append(at)
        found = disturb(reference, seed)
        generated.append({"reference": reference, "found": found, "counts": counts(reference, found)})

    folder = sys.argv[1]
    records = {}
    for name in (Path(folder) / "RECORDS").read_text().split():
        samples = beats_of(folder, name)
        records[name] = counts(samples, disturb(samples, int(name)))
    (HERE / "golden.json").write_text(json.dumps({"generated": generated, "records": records}) + "\n")
