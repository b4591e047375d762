"""Many briefs side by side: `python examples/many_briefs.py OUT SOURCE...`, on this machine or on a cluster.

`octavo.export_many` takes any `concurrent.futures.Executor`. Here it is Dask's, where `distributed` is installed, and
else a pool of processes. With the address of a Dask scheduler in DASK_SCHEDULER_ADDRESS the same program runs on a
cluster whose machines see the same folders; Ray's and others' executors take the same place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import octavo
from octavo.batch import Order


@contextmanager
def an_executor() -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        with ProcessPoolExecutor(2) as pool:
            yield pool
        return
    address = os.environ.get("DASK_SCHEDULER_ADDRESS", "")
    options = (
        {"address": address}
        if address
        else {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    )
    with Client(**options) as client, client.get_executor(pure=False) as executor:
        yield executor


def main(out: str, *sources: str) -> int:
    order = Order(out=out, formats=("pdf", "docx", "epub"), theme="policy")
    failed = 0
    with an_executor() as executor:
        print("runs on", type(executor).__name__)
        for result in octavo.export_many(sources, order, executor=executor):
            made = ", ".join(edition.path.name for edition in result.editions if edition.path)
            print(f"{result.source}: {made or 'nothing'}")
            for each in result.diagnostics:
                print(f"  {each}")
            failed += result.failed
    print(len(sources), "briefs,", failed, "with errors")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
