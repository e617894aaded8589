"""Dinkus, a desktop manuscript editor for people who write fiction in plain text."""

__version__ = "0.1.0"
