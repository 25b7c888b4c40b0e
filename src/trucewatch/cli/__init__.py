"""The commands; no rules of the domain. `main` is the program `trucewatch`."""

import os

# read once, when numpy is first loaded: two BLAS threads burn twice the processor for an eighth more speed (DESIGN.md)
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from trucewatch.cli.program import app, main  # noqa: E402

__all__ = ["app", "main"]
