"""Octavo: one brief in, every edition out."""
