"""The compiled build, used while it fits the sources: `make fast` leaves it in `_compiled/` (docs/speed.md).

The sources are the truth. A build carries the digest of the sources that it was made of; where any of them has changed since, or
where the interpreter is another one, Python reads the sources as if there were no build. The environment's TRUCEWATCH_COMPILED=0
sets a build aside; a path there names another one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent
FOLDER = PACKAGE / "_compiled"
VARIABLE = "TRUCEWATCH_COMPILED"
MANIFEST = "build.json"
# compiled, and all that these import: a compiled module has the types and constants of others built in
ROOMS = ("errors.py", "model", "text", "stages")


def sources_digest(package: Path = PACKAGE) -> str:
    """Digest of the sources that a build is made of, and of the interpreter's kind."""
    digest = hashlib.sha256(str(sysconfig.get_config_var("EXT_SUFFIX")).encode())
    for room in ROOMS:
        for path in sorted((package / room).rglob("*.py")) or [package / room]:
            digest.update(f"\0{path.relative_to(package).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class CompiledModules(MetaPathFinder):
    """Finds the modules of one build before Python looks for their sources."""

    def __init__(self, folder: Path, modules: Sequence[str]) -> None:
        self.folder, self.modules = folder, frozenset(modules)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module's compiled form is; None for one that has none."""
        if fullname not in self.modules:
            return None
        return spec_from_file_location(fullname, self.folder / f"{fullname}{sysconfig.get_config_var('EXT_SUFFIX')}")


def use_compiled() -> str:
    """Let the build's modules be imported where it fits the sources: "in use"; else why not: "none", "set aside", "stale"."""
    asked = os.environ.get(VARIABLE, "")
    if asked == "0":
        return "set aside"
    folder = Path(asked) if asked else FOLDER
    try:
        build = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        digest, modules = build["sources"], build["modules"]
    except FileNotFoundError:
        return "none"
    except (ValueError, LookupError, TypeError):
        # not a build of ours
        return "stale"
    if digest != sources_digest():
        return "stale"
    sys.meta_path.insert(0, CompiledModules(folder, modules))
    return "in use"
