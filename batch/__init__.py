"""Many files: find them, skip the done, read each in a process of its own, record what became of it, resume."""
