"""Where an act comes from."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Self

SITE_PREFIX = 64  # bits; the smallest block an IPv6 subscriber holds (RFC 6177)


@dataclass(frozen=True, slots=True)
class Origin:
    """`address` is the client's own, already freed from trusted proxies; empty for a job of ours."""

    address: str
    agent: str = ""
    request_id: str = ""
    device: str = ""

    @classmethod
    def system(cls, name: str) -> Self:
        """An act nobody asked for, such as `Origin.system("worker")`: its agent is `system:worker`."""
        return cls(address="", agent=f"system:{name}")

    @property
    def network(self) -> str:
        """What limits are counted on: the IPv4 address, or the /64 of an IPv6 one; other text unchanged."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return self.address
        if isinstance(address, IPv6Address):
            plain = address.ipv4_mapped or ip_network((int(address), SITE_PREFIX), strict=False)
            return str(plain)
        return str(address)
