"""Frozen records and the codebook; standard library only."""
