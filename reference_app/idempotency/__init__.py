"""Idempotency: a request that is sent again with its key gets the first answer, and nothing is done twice."""
