"""A view of the ledger turned into exports, tables and pages."""
