"""trucewatch: an open ceasefire monitor. See docs/ for the ledger explained."""

from trucewatch.compiled import use_compiled

__version__ = "0.1.0"

# whether modules compiled by `make fast` are read: "in use", or why not ("none", "stale", "set aside")
COMPILED = use_compiled()
