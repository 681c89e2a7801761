"""A limit of time, looked at only where there is one."""

from __future__ import annotations

import time


class OutOfTime(Exception):  # noqa: N818 - it is no error of the caller, and never leaves the package
    """The time is over.

    Attributes:
        price: what any plan costs at least, as far as is proven.
    """

    def __init__(self, price: int = 0) -> None:
        self.price = price
        super().__init__(price)


class Stopwatch:
    """How much of a limit of time is left. Without a limit the clock is never read."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self._end is not None and time.monotonic() >= self._end

    def check(self) -> None:
        """End the search if the time is over.

        Raises:
            OutOfTime: it is.
        """
        if self.is_over:
            raise OutOfTime
