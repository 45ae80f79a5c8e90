"""Measures the product against named baselines; every figure is a ratio within one run."""
