"""Interpretations: texts about lunar returns."""
