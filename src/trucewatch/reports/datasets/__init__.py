"""Data sets from a ledger, each with its dictionary and licence, written piece by piece."""
