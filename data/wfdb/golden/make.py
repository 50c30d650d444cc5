"""Makes the golden records and golden.json with wfdb-python 4.3.1; all of it is generated, none of it recorded.

    pip install wfdb==4.3.1 && python make.py

golden.json holds what wfdb-python reads back: physical values (null where invalid) and annotations.
"""

import json
import math
from pathlib import Path

import numpy as np
import wfdb

HERE = Path(__file__).parent
SAMPLES = 61


def waves(amplitude, samples=SAMPLES):
    t = np.arange(samples)
    both = np.stack([amplitude * np.sin(t / 5), amplitude * np.cos(t / 7)], axis=1)
    return np.round(both).astype(np.int64)


def write_record(name, fmt, digital, gains, baselines, comments):
    count = digital.shape[1]
    wfdb.wrsamp(
        name, fs=360, units=["mV", "mV"][:count], sig_name=["MLII", "V5"][:count], d_signal=digital,
        fmt=[fmt] * count, adc_gain=gains[:count], baseline=baselines[:count], comments=comments, write_dir=str(HERE),
    )


full_16 = waves(32767)
full_16[7] = -32768
write_record("g16", "16", full_16, [200.0, 1234.5], [0, -512], ["65 M", "made, not recorded"])

full_212 = waves(2047)
full_212[11, 1] = -2048
write_record("g212", "212", full_212, [200.0, 100.5], [1024, -3], [])

# One signal of odd length: the last sample of format 212 stands alone in its bytes.
write_record("g212odd", "212", waves(2047)[:, :1], [200.0], [0], [])

annotations = wfdb.Annotation(
    "g212", "atr",
    sample=np.array([0, 5, 5, 1028, 2052, 80_000, 80_001, 5_000_000, 5_000_010]),
    symbol=["+", "N", "~", "V", "F", "[", "]", "/", "r"],
    subtype=np.array([0, 0, 48, -1, 0, 0, 1, 0, 0]),
    chan=np.array([0, 0, 1, 1, 0, 0, 2, 2, 0]),
    num=np.array([0, 0, 0, 3, 3, 0, 2, 2, 0]),
    aux_note=["(AFIB", "", "", "odd", "even", "", "", "", ""],
)
annotations.wrann(write_fs=False, write_dir=str(HERE))

golden = {}
for name in ["g16", "g212", "g212odd"]:
    record = wfdb.rdrecord(str(HERE / name))
    golden[name] = {
        "leads": record.sig_name,
        "comments": record.comments,
        "millivolts": [[None if math.isnan(v) else v for v in lead] for lead in record.p_signal.T.tolist()],
    }
read = wfdb.rdann(str(HERE / "g212"), "atr")
golden["annotations"] = [
    {"sample": int(a), "symbol": b, "subtype": int(c), "channel": int(d), "number": int(e), "aux": f}
    for a, b, c, d, e, f in zip(read.sample, read.symbol, read.subtype, read.chan, read.num, read.aux_note)
]
(HERE / "golden.json").write_text(json.dumps(golden) + "\n")
