"""The ledger on disk: put records, read views."""
