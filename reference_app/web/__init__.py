"""What HTTP brings: who asks, request ids, limits, problem answers, metrics, OpenAPI."""
