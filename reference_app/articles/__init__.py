"""Articles: an event log that loses nothing it acknowledged; the state lives in memory."""
