"""trucewatch: an open ceasefire monitor. See docs/ for the ledger explained."""

__version__ = "0.1.0"
