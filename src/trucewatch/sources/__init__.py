"""The only code that reads foreign files or a network."""
