"""The files that Vite built into the package, sent compressed where Vite compressed them."""

from __future__ import annotations

import mimetypes
import stat

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from trucewatch.web.templating import STATIC

# their names change with their content
HASHED = "parts/"
YEAR_S = 31_536_000


class BuiltFiles(StaticFiles):
    """What Vite built; where it has built nothing, nothing is found."""

    async def check_config(self) -> None:
        if not STATIC.is_dir():
            raise HTTPException(404)
        await super().check_config()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or the `.gz` beside it where the browser takes one."""
        plain = path.replace("\\", "/")
        if "gzip" in Headers(scope=scope).get("accept-encoding", "") and not plain.endswith(".gz"):
            full, found = self.lookup_path(f"{path}.gz")
            if found is not None and stat.S_ISREG(found.st_mode):
                response = self.file_response(full, found, scope)
                if isinstance(response, FileResponse):
                    response.headers["Content-Encoding"] = "gzip"
                    response.headers["Content-Type"] = mimetypes.guess_type(plain)[0] or "application/octet-stream"
                return self._kept(response, plain)
        return self._kept(await super().get_response(path, scope), plain)

    @staticmethod
    def _kept(response: Response, path: str) -> Response:
        # names outside parts/ stay the same from build to build: the browser asks, and mostly hears that nothing changed
        response.headers["Cache-Control"] = f"max-age={YEAR_S}, immutable" if path.startswith(HASHED) else "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        return response
