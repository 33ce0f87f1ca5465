"""Property tests run the same way everywhere: a slow machine is no failure, and a failure comes again."""

from hypothesis import settings

settings.register_profile("same-everywhere", deadline=None, derandomize=True)
settings.load_profile("same-everywhere")
