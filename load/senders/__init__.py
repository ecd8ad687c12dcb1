"""Who sends: classes of users, a module a system, which profiles put together in cases."""
