"""One reader a format, and the flow that turns any file into a Document."""

from .flow import read

__all__ = ["read"]
