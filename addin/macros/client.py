"""The client that the user means, and *Client card*."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from addin.hosts import Host
from udfs.book.book import Book
from udfs.errors import CreditError
from udfs.texts import say

Read = TypeVar("Read")


def client_card(host: Host) -> str:
    """Show the card of the selected client, or of the one that the user names."""
    host.show_client(host.book.clients.codes[chosen_client(host)])
    return ""


def chosen_client(host: Host) -> int:
    """The place of the first selected client; without one the user is asked."""
    selected = host.selected_clients()
    if selected:
        return host.book.clients.place(selected[0])
    return asked(host, say("macros.which_client", host.language), "", host.book.clients.place)


def named(book: Book, place: int) -> str:
    """Code and name of a client, as a user knows it."""
    code, name = book.clients.codes[place], book.clients.names[place]
    return code if name == code else f"{code} {name}"


def asked(host: Host, question: str, default: str, read: Callable[[str], Read]) -> Read:
    """The reply to a question as `read` understands it; asked again, with the reason, until it does."""
    text = question
    while True:
        reply = host.ask(text, default)
        try:
            return read(reply)
        except CreditError as error:
            text, default = f"{error.sentence(host.language)}\n\n{question}", reply
