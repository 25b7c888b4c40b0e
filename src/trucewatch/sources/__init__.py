"""The only code that reads foreign files: folders, files and standard input to originals, one a document."""

from trucewatch.sources.folder import read_inputs
from trucewatch.sources.original import Original, to_reading

__all__ = ["Original", "read_inputs", "to_reading"]
