"""What a call says that is refused."""

from functools import partial

import pytest


def said(error, call, *given, **named):
    """The words of the error that the call raises."""
    with pytest.raises(error) as raised:
        call(*given, **named)
    return str(raised.value)


refused = partial(said, (TypeError, ValueError))
