"""
Processes that are killed: forked from one that has imported everything and done nothing, so that each costs little.

Not for use inside pytest, whose process has threads; the runs are commands of their own.
"""

import os
import signal
import time
import traceback
from collections.abc import Callable


class Worker:
    """A process at work; `said` is what it told before its end."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(write)
            return
        try:
            work(lambda word: void(os.write(write, f"{word}\n".encode())))
            status = 0
        except BaseException:
            traceback.print_exc()
            status = 1
        os._exit(status)

    def wait_for_word(self) -> str:
        """The first thing it says."""
        word = b""
        while not word.endswith(b"\n"):
            word += os.read(self._read, 1) or b"\n"
        return word.decode().strip()

    def kill_after(self, seconds: float) -> tuple[list[str], bool]:
        """Kill it after a while; what it said until then, and whether it was still at work."""
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> tuple[list[str], bool]:
        """What it said, and whether a signal ended it; fails when it failed by itself."""
        with os.fdopen(self._read) as told:
            words = told.read().split()
        _, status = os.waitpid(self.pid, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise AssertionError("the process failed; its traceback stands above")
        return words, os.WIFSIGNALED(status)


def apart(check: Callable[[Callable[[str], None]], None]) -> list[str]:
    """Do something in a process of its own and give what it said."""
    return Worker(check).end()[0]


def void(_: object) -> None:
    """Nothing, of anything."""
