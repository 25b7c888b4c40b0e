"""The commands; no rules of the domain. `main` is the program `trucewatch`."""

from trucewatch.cli.app import app, main

__all__ = ["app", "main"]
