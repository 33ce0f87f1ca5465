"""Known forms: found in text and among tables, given their own labels, and held to their own arithmetic."""

from .flat import FlatForm, find_forms
from .known import with_forms

__all__ = ["FlatForm", "find_forms", "with_forms"]
