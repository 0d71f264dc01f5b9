"""The colours and hatchings of all pictures.

What means different things differs in lightness and in hatching, so that it is told apart in black and white too.
"""

from typing import Final

PAPER: Final = "#ffffff"
TEXT: Final = "#1f2328"
QUIET: Final = "#5d646c"
RULE: Final = "#dfe3e6"
TRACK: Final = "#eceff1"

#: Money that is there: dark and plain.
MONEY: Final = "#1d5c77"
#: The same where it fills an area.
MONEY_AREA: Final = "#b9d7e2"
#: More than was asked for, and what was added later: light, hatched one way.
MORE: Final = "#8fbfd1"
MORE_HATCH: Final = "////"
#: What went away again: lightest, warm, hatched the other way.
LESS: Final = "#f6d5c6"
LESS_EDGE: Final = "#a8401f"
LESS_HATCH: Final = "\\\\\\\\"

#: From few to many, each clearly darker than the one before.
FEW_TO_MANY: Final = ("#d3e6ed", "#93c0d1", "#4f91ab", "#1d5c77", "#0a2a38")
