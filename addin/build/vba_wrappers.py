"""The VBA module CreditFunctions: one function a worksheet function, generated from the registry.

>>> print(wrapper(REGISTRY["CREDIT_EXPOSURE"]))
Public Function CREDIT_EXPOSURE(client As Variant, book As Variant, Optional component As Variant) As Variant
    CREDIT_EXPOSURE = AnswerOfClient("CREDIT_EXPOSURE", client, book, component)
End Function
"""

from __future__ import annotations

from udfs.functions import REGISTRY
from udfs.functions.registry import Argument, Function

MODULE = "CreditFunctions"
HEADER = """Attribute VB_Name = "CreditFunctions"
' The worksheet functions, generated from the registry by addin/build/vba_wrappers.py; not edited by hand.
Option Explicit
"""

# Words that VBA keeps for itself (VBA language specification, 3.3.5.2: reserved identifiers), in small letters.
RESERVED = frozenset("""
abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cdecl cint
circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare defbool defbyte defcur
defdate defdbl defdec defint deflng deflnglng deflngptr defobj defsng defstr defvar dim do doevents double each else
elseif empty end endif enum eqv erase event exit false fix for friend function get global gosub goto if imp implements
in input inputb int integer is lbound len lenb let like lineinput lock long longlong longptr loop lset me mod new next
not nothing null on open option optional or paramarray preserve print private pset public put raiseevent redim rem
resume return rset scale seek select set sgn shared single spc static stop string sub tab then to true type typeof
ubound unlock until variant wend while with withevents write xor
""".split())  # noqa: SIM905 - a hundred quotation marks would help nobody
# What the wrappers call by name: an argument of that name would stand before it.
RESERVED |= {"answer", "answerofclient", "answerwithmore", "more"}


def module() -> str:
    """The text of the module, with the line ends of VBA."""
    parts = [HEADER, *(wrapper(function) + "\n" for function in REGISTRY.values())]
    return "\n".join(parts).replace("\n", "\r\n")


def wrapper(function: Function) -> str:
    """One function of VBA, with the arguments that the function wizard shows."""
    assert all(one.name.isascii() for one in function.arguments), function.name
    *first, last = function.arguments
    declared = ", ".join(map(_declared, function.arguments))
    given = ", ".join(['"' + function.name + '"', *(argument_name(one) for one in (*first, last))])
    lines = [f"    {function.name} = {_answer(function)}({given})"]
    if last.repeated:
        # VBA hands a ParamArray on only as a copy.
        assert not any(one.optional for one in first), function.name
        name = argument_name(last)
        given = ", ".join(['"' + function.name + '"', "more", *map(argument_name, first)])
        lines = ["    Dim more As Variant", f"    more = {name}",
                 f"    {function.name} = AnswerWithMore({given})"]
    return "\n".join([f"Public Function {function.name}({declared}) As Variant", *lines, "End Function"])


def argument_name(argument: Argument) -> str:
    """The name of an argument; a word of VBA gets an underscore."""
    return argument.name + ("_" if argument.name.lower() in RESERVED else "")


def _answer(function: Function) -> str:
    return "AnswerOfClient" if function.of_client else "Answer"


def _declared(argument: Argument) -> str:
    if argument.repeated:
        return f"ParamArray {argument_name(argument)}() As Variant"
    return f"{'Optional ' if argument.optional else ''}{argument_name(argument)} As Variant"
