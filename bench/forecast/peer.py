"""CPU seconds of `vitrine forecast` and of statsforecast's AutoETS on the same monthly series, one after the other."""

import csv
import json
import resource
import subprocess
import sys
import time
import warnings

import numpy
import statsforecast
from statsforecast.models import AutoETS

HORIZON = 18

vitrine, path = sys.argv[1:]


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


before = children()
words = [vitrine, "forecast", path, "--horizon", str(HORIZON), "--json"]
subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
ours = children() - before

with open(path, newline="") as file:
    rows = list(csv.reader(file))[1:]
series = [numpy.array([float(cell) for cell in row[1:] if cell]) for row in rows]
warnings.filterwarnings("ignore")
AutoETS(season_length=12).forecast(y=series[0], h=HORIZON)  # whatever it compiles at first use is not counted
start = time.process_time()
for values in series:
    AutoETS(season_length=12).forecast(y=values, h=HORIZON)
theirs = time.process_time() - start
print(json.dumps({"ours": ours, "theirs": theirs, "version": statsforecast.__version__, "count": len(series)}))
