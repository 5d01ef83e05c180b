"""Variorum: read several accounts of one event side by side, and record claim by claim who says what."""

__version__ = "0.1.0"
