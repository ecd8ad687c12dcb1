"""The schema's history. Revisions of the `expand` branch destroy nothing."""
