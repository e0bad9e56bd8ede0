"""Writes runs and comments without end and names each once it is stored; to be killed."""

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unit.store.stores import ADA, NOW, TABLES, assessed

from assessor.store.comments import comment
from assessor.store.opening import open_store
from assessor.store.runs import save_run

start = int(sys.argv[2])
store = open_store(sys.argv[1])
for number in count(start):
    # What is stored at once is large, so that it is often killed in the middle of it.
    wide = assessed(number, repository=replace(assessed().repository, name="x" * 200_000))
    tables = TABLES | {"wide": bytes(number % 256 for _ in range(300_000))}
    run = save_run(store, ADA, project="shop", assessment=wide, tables=tables, now=NOW)
    print("run", run.id, flush=True)  # noqa: T201 - what is acknowledged
    said = comment(store, ADA, project="shop", subject="rule:A", text=f"{number}", now=NOW)
    print("comment", said.id, flush=True)  # noqa: T201
