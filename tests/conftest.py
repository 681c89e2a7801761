"""What holds for all tests: how long an example takes is no fault; a machine may be busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")
