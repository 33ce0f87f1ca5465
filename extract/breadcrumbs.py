"""The line of a web page that says where in its site it stands."""

from __future__ import annotations

import re

_BREADCRUMBS = re.compile(r"(?:您|你)?(?:现在|当前|目前|所在)?(?:所在|所处)?的?位置\s*[：:]|首页\s*[>＞»→/]")


def is_breadcrumbs(line: str) -> bool:
    """Whether ``line`` is navigation by its words alone: ``您现在的位置：首页 > 政务公开``."""
    return _BREADCRUMBS.match(line) is not None
