"""Offsets, graphemes, wrapping, runs and motions: pure functions and values over strings.

An offset counts Unicode code points, as spans do. A grapheme is what a reader takes for one character. A cell is
one column of the terminal.
"""
