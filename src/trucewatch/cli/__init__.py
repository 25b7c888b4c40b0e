"""The commands; no rules of the domain. `main` is the program `trucewatch`."""

from trucewatch.cli.program import app, main

__all__ = ["app", "main"]
