"""Idempotency: a request that is sent again with its key is answered as the first time, and nothing is done twice."""
