"""The operator's tool: the same as the program `ledger`, which it calls."""

from __future__ import annotations

import signal
import sys

from donation_ledger._ledger import operate


def main() -> None:
    """Does what the words of the command line say."""
    # Python would only take note of Ctrl-C, and go on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(operate(["donation-ledger", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
