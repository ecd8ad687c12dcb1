"""Loads that end with a verdict: profiles for locust, one module each, and the engine that judges them.

`locust -f load/articles.py --host URL` runs a profile. It speaks HTTP only.
"""
