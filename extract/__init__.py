"""One reader a format, and the flow that turns any file into a Document."""

from .flow import read
from .mend import repair_text

__all__ = ["read", "repair_text"]
