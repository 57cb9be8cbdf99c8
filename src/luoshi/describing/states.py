"""How a promise is judged: words, numbers, version."""

import inspect

from luoshi.describing.attributes import fields
from luoshi.describing.markdown import code, table
from luoshi.spine import State
from luoshi.tracking import combining, judge
from luoshi.tracking.rules import DEFAULT, Rules


def page() -> str:
    """The states and the rules in force."""
    said = inspect.cleandoc(inspect.getmodule(judge).__doc__ or "")
    states = ((code(one.name), State[one.name].label, one.said) for one in fields(State))
    rules = ((code(one.name), code(getattr(DEFAULT, one.name)), one.said) for one in fields(Rules) if one.said)
    order = " → ".join(state.label for state in combining.GRAVITY)
    return f"""# States

{said}

[The two states and when each holds, in words](../explanation/states.md).

## Words

{table(("state", "word", "meaning"), states)}
口径待核 is no state: it rides along when figures ask questions of each other. 待核定 says that 督查室 has not judged yet.

## Numbers

Version {code(DEFAULT.version)} of the rules. {DEFAULT.doubt}。

{table(("rule", "value", "meaning"), rules)}
## Several targets

A commitment with several targets has the gravest of their states, with how many of each. Gravest first:

{order}
"""
