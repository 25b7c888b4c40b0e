"""The compiled build: `make fast` (docs/speed.md)."""
