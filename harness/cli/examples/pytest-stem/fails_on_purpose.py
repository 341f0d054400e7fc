"""What a failure looks like: `pytest fails_on_purpose.py`."""

import pytest

from watch import Watch


@pytest.mark.tor(
    script="""
[[on]]
command = "SIGNAL NEWNYM"
reply = ["250 OK"]
times = 2
"""
)
def test_the_identity_is_renewed_twice(tor):
    with Watch(tor.host, tor.port) as watched:
        watched.controller.signal("NEWNYM")
        watched.controller.signal("DORMANT")
