"""Pure language helpers: parsing, attribution, quotations, dates, numbers, names. No file, no network, no ledger."""
