"""Upstreams: somebody else's service, asked within a deadline, and what comes of it when it does not answer."""
