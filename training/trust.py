"""Write src/trucewatch/text/trusted.toml: the SHA-256 of every weight and table file that the package loads. `make trust`."""

from __future__ import annotations

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src/trucewatch"
KINDS = ("*.npz", "*.marisa", "*.json.gz", "*weights*.json", "*_table.json", "*.onnx")


def trusted_files() -> list[Path]:
    """Files of the package that hold numbers nobody can read over."""
    built = PACKAGE / "web/static"
    return sorted(path for kind in KINDS for path in PACKAGE.rglob(kind) if built not in path.parents)


def table() -> str:
    """The table as TOML."""
    rows = [
        f'"{path.relative_to(PACKAGE).as_posix()}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"\n'
        for path in trusted_files()
    ]
    return "# written by `make trust`\n[sha256]\n" + "".join(rows)


if __name__ == "__main__":
    (PACKAGE / "text/trusted.toml").write_text(table(), encoding="utf-8")
