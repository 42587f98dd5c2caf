"""Limits are counted on networks, not on the billions of addresses of one subscriber."""

import pytest

from passavant.foundation.values import Origin


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_network(address: str, network: str) -> None:
    assert Origin(address).network == network


def test_a_job_has_a_name_and_no_address() -> None:
    assert Origin.system("worker") == Origin(address="", agent="system:worker")
