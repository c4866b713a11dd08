"""Servers on the loopback, with certificates of their own, and accounts for them."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from bdindex_xl.share.account import Account, Security
from bdindex_xl.share.message import Address
from tests.support.mail import HOST, PASSWORD, USER, context


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    return context(authority)


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


@pytest.fixture
def account(ca_file: Path) -> Callable[..., Account]:
    def made(port: int, **changes: Any) -> Account:
        sender = Address("张三", USER)
        whole = Account(HOST, port, Security.STARTTLS, sender, user=USER, password=PASSWORD, ca_file=ca_file)
        return replace(whole, **changes)

    return made


@pytest.fixture
def over_tls(account: Callable[..., Account]) -> Callable[..., Account]:
    return lambda port, **changes: account(port, security=Security.TLS, **changes)
