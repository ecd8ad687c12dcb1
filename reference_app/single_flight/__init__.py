"""Single flight: one piece of work a key, however many ask, in one process or in several."""
