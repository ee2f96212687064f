"""The version, said once: the wheel, the command line and written documents read it here."""

__version__ = "0.1.0"
