"""Compile the rules by mypyc: `make fast`. The ledger stays the same to the byte, or nothing is put in place.

    python -m fast.build [--jobs 2] [--generate]

The sources are copied to build/fast/, mypyc writes C for the modules of modules.txt, and a C compiler makes libraries of it. The
example corpus (with ../shared: its articles of war too) is run with and without. Where every line of both ledgers is equal, the
build goes to src/trucewatch/_compiled/, and the program uses it until a source changes. `make slow` takes it out.

--generate stops once the C is written: whether mypyc takes every module, without a compiler (`make fast-check`; exit status 1
where it refused one).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fast.equal import differences
from fast.forms import compilable
from trucewatch.compiled import FOLDER, MANIFEST, PACKAGE, VARIABLE, sources_digest

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "fast"
GROUP = "trucewatch_compiled"
# the modules that are compiled, as paths in the package
LISTED = Path(__file__).with_name("modules.txt")
# higher ones cost the compiler half as much again, and gain nothing that can be measured
LEVEL = "1"
# what mypyc gets wrong in C, and what that is
WRONG = {
    "goto CPyL-1;": "the end of a loop is lost",
    'CPy_TypeError("None"': "a variable known as None is given another value in one line with others: write two",
}
REFUSED = re.compile(r"^(?P<module>trucewatch/\S+?\.py):\d+: (?!note:|warning:)(?:error: )?(?P<why>.+)", re.M)


class NotBuilt(Exception):
    """There is no build, and the message says why."""


def require_compiler() -> None:
    """Raises NotBuilt where there is no C compiler, or no header of Python's."""
    compiler = shlex.split(str(sysconfig.get_config_var("CC") or "cc"))[0]
    if shutil.which(compiler) is None:
        raise NotBuilt(f"there is no C compiler `{compiler}` here: install it (Debian and Ubuntu: apt install gcc) and try again")
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-dev"
        raise NotBuilt(f"{header} is missing: install Python's headers (Debian and Ubuntu: apt install {package}) and try again")


def generate() -> tuple[list[str], list[str]]:
    """Have mypyc write C: the modules that it took, and those that it refused. Raises NotBuilt where it takes none."""
    modules = chosen()
    copy_sources(set(modules))
    refused: list[str] = []
    while modules:
        print(f"mypyc reads {len(modules)} modules ...", flush=True)
        command = [sys.executable, "-m", "fast.build", "--inside", str(BUILD), *modules]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return modules, refused
        told = {match["module"]: match["why"] for match in REFUSED.finditer(done.stdout + done.stderr)}
        told = {module: why for module, why in told.items() if module in modules}
        if not told:
            raise NotBuilt(f"mypyc failed:\n{(done.stdout + done.stderr)[-3000:]}")
        for module, why in sorted(told.items()):
            print(f"left as it is: {module} ({why})", flush=True)
        refused += sorted(told)
        modules = [module for module in modules if module not in told]
    raise NotBuilt("mypyc takes no module")


def chosen() -> list[str]:
    """The modules to compile, as paths from src/. Raises NotBuilt where one is not there."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    if missing := [name for name in names if not (PACKAGE / name).is_file()]:
        raise NotBuilt(f"{LISTED.name} names what is not there: {', '.join(missing)}")
    return [f"trucewatch/{name}" for name in names]


def copy_sources(compiled: set[str]) -> None:
    """Copy the package's sources to where they are compiled, with what mypyc cannot read put in other words."""
    shutil.rmtree(BUILD / "src", ignore_errors=True)
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent)
        copy = BUILD / "src" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        copy.write_text(compilable(text) if name.as_posix() in compiled else text, encoding="utf-8")
    # its settings of mypy are mypyc's too
    shutil.copy(ROOT / "pyproject.toml", BUILD / "src")


def write_c(folder: Path, modules: list[str]) -> int:
    """Write C, and what is to be compiled of it; 1 where some of it is wrong.

    In a process of its own, as mypyc ends it where it refuses a module.
    """
    from mypyc.build import mypycify

    shutil.rmtree(folder / "c", ignore_errors=True)
    os.chdir(folder / "src")
    made = mypycify(modules, target_dir=str(folder / "c"), opt_level=LEVEL, debug_level="0", multi_file=True, group_name=GROUP)
    steps = [
        {
            "name": part.name,
            "sources": [os.path.abspath(source) for source in part.sources],
            "options": [*(f"-I{os.path.abspath(place)}" for place in part.include_dirs), *part.extra_compile_args],
        }
        for part in made
    ]
    (folder / "c" / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    found = [
        f"{module}:1: error: {why}"
        for module in modules
        for form, why in WRONG.items()
        if form in (folder / "c" / _c_file(module)).read_text(encoding="utf-8")
    ]
    print("\n".join(found))
    return int(bool(found))


def _c_file(module: str) -> str:
    return f"__native_{module.removesuffix('.py').replace('/', '___')}.c"


def compile_all(jobs: int) -> dict[str, list[Path]]:
    """Compile the C, several files at a time: the object files of each library by its name."""
    steps = json.loads((BUILD / "c" / "steps.json").read_text(encoding="utf-8"))
    shutil.rmtree(BUILD / "o", ignore_errors=True)
    (BUILD / "o").mkdir()
    objects: dict[str, list[Path]] = {}
    commands: dict[str, list[str]] = {}
    base = [*_configured("CC", "CFLAGS", "CCSHARED"), f"-I{sysconfig.get_path('include')}"]
    for step in steps:
        for source in step["sources"]:
            made = BUILD / "o" / f"{len(commands)}.o"
            objects.setdefault(step["name"], []).append(made)
            commands[source] = [*base, *step["options"], "-c", source, "-o", str(made)]
    print(f"the C compiler has {len(commands)} files, {jobs} at a time ...", flush=True)
    with ThreadPoolExecutor(jobs) as pool:
        # the largest first, so that none is left alone at the end
        list(pool.map(_call, (commands[source] for source in sorted(commands, key=os.path.getsize, reverse=True))))
    return objects


def link(objects: dict[str, list[Path]], digest: str) -> Path:
    """Link the libraries into a new folder beside the program's own, with the digest of what they were made of."""
    made = FOLDER.with_name(f"{FOLDER.name}_new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name, parts in objects.items():
        _call([*_configured("LDSHARED"), *map(str, parts), "-o", str(made / f"{name}{sysconfig.get_config_var('EXT_SUFFIX')}")])
    (made / MANIFEST).write_text(json.dumps({"sources": digest, "modules": sorted(objects)}), encoding="utf-8")
    return made


def check(made: Path) -> None:
    """Raises NotBuilt where the ledgers of a new build and of the sources differ in any byte."""
    print("the same articles with and without ...", flush=True)
    if found := differences(BUILD / "check", {"plain": {VARIABLE: "0"}, "compiled": {VARIABLE: str(made)}}):
        raise NotBuilt(f"compiled and plain give different ledgers. {found}")


def put(made: Path, digest: str) -> None:
    """Put a new build in place of the last. Raises NotBuilt where a source was changed meanwhile."""
    if sources_digest() != digest:
        raise NotBuilt("a source changed while it was compiled: try again")
    shutil.rmtree(FOLDER, ignore_errors=True)
    made.rename(FOLDER)


def _configured(*names: str) -> list[str]:
    return [part for name in names for part in shlex.split(str(sysconfig.get_config_var(name) or ""))]


def _call(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"{' '.join(command)[:300]}:\n{done.stderr[-2000:]}")


def main(words: list[str] | None = None) -> int:
    """Build, check, and put in place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="files compiled at a time (all cores)")
    parser.add_argument("--generate", action="store_true", help="write the C, and no more")
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.inside:
        return write_c(Path(options.inside[0]), options.inside[1:])
    begin = time.monotonic()
    try:
        if options.generate:
            return int(bool(generate()[1]))
        require_compiler()
        digest = sources_digest()
        modules, _ = generate()
        made = link(compile_all(options.jobs), digest)
        check(made)
        put(made, digest)
    except NotBuilt as error:
        # what only asks whether a build could be made takes none away
        for folder in () if options.generate else (FOLDER, FOLDER.with_name(f"{FOLDER.name}_new")):
            shutil.rmtree(folder, ignore_errors=True)
        print(f"no compiled build: {error}", file=sys.stderr)
        return 1
    print(f"{len(modules)} compiled modules are in {FOLDER}, made in {time.monotonic() - begin:.0f} s.")
    print("The program uses them until a source changes. `make slow` takes them out, TRUCEWATCH_COMPILED=0 sets them aside.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
