"""The event log: one event a line, appended to and never rewritten; what was acknowledged is on the disk."""
