"""R peaks by public detectors, each with its defaults.

Reads lines {"record", "samplingRateHz", "file"}, the file one lead in mV as little-endian float64; writes first a line
{"tools": {name: version}}, then for each record and tool a line {"record", "tool", "peaks"}: sample indices.
"""
import json
import os
import sys
import warnings

import neurokit2
import numpy
import wfdb.processing

warnings.filterwarnings("ignore")


def xqrs(signal, rate):
    return wfdb.processing.xqrs_detect(sig=signal, fs=rate, verbose=False)


def neurokit(signal, rate):
    cleaned = neurokit2.ecg_clean(signal, sampling_rate=rate)
    return neurokit2.ecg_peaks(cleaned, sampling_rate=rate)[1]["ECG_R_Peaks"]


TOOLS = {
    "XQRS (wfdb-python)": (xqrs, wfdb.__version__),
    "NeuroKit2": (neurokit, neurokit2.__version__),
}

# What the packages print is no line of ours.
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def tell(message):
    print(json.dumps(message), file=out, flush=True)


tell({"tools": {name: version for name, (_, version) in TOOLS.items()}})
for line in sys.stdin:
    task = json.loads(line)
    signal = numpy.fromfile(task["file"], dtype="<f8")
    for name, (detect, _) in TOOLS.items():
        peaks = detect(signal, task["samplingRateHz"])
        tell({"record": task["record"], "tool": name, "peaks": sorted(int(peak) for peak in peaks)})
