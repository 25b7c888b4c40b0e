"""The web application over one ledger: pages, a read-only JSON API, decisions. `make_app` gives it."""

from trucewatch.web.app import make_app

__all__ = ["make_app"]
