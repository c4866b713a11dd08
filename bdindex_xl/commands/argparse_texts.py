"""What argparse says, in Chinese: its own messages, as those of Python 3.11 to 3.14 have them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..language import Lang

CHINESE = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "subcommands": "命令",
    "%(heading)s:": "%(heading)s：",
    " (default: %(default)s)": "（默认 %(default)s）",
    "show this help message and exit": "显示帮助并退出",
    "show program's version number and exit": "显示版本并退出",
    # a command that is off
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s：注意：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数 %s",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "应为 %(choices)s 之一，实为 %(value)r",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "应为 %(choices)s 之一，实为 %(value)r；是否想输入 %(suggestion)r？"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "应为 %(choices)s 之一，实为 %(parser_name)r",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的值（%(type)s）",
    "expected one argument": "后面应有一个值",
    "expected at most one argument": "后面至多有一个值",
    "expected at least one argument": "后面至少应有一个值",
    "expected %s argument": "后面应有 %s 个值",
    "expected %s arguments": "后面应有 %s 个值",
    "ignored explicit argument %r": "后面不应有值 %r",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "%s 中应有一个",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "unexpected option string: %s": "此处不应有选项 %s",
    "can't open '%(filename)s': %(error)s": "无法打开 %(filename)s：%(error)s",
    'argument "-" with mode %r': "参数“-”的模式 %r 无效",
    "argument '%(argument_name)s' is deprecated": "参数 %(argument_name)s 已不推荐使用",
    "command '%(parser_name)s' is deprecated": "命令 %(parser_name)s 已不推荐使用",
    "option '%(option)s' is deprecated": "选项 %(option)s 已不推荐使用",
    # a parser that is wrongly made
    ".__call__() not defined": "未定义 .__call__()",
    "%r is not callable": "%r 不可调用",
    "'required' is an invalid argument for positionals": "位置参数不能用 required",
    "cannot have multiple subparser arguments": "只能有一组命令",
    "cannot merge actions - two groups are named %r": "无法合并：有两组都名为 %r",
    "conflicting option string: %s": "选项重复：%s",
    "conflicting option strings: %s": "选项重复：%s",
    "conflicting subparser: %s": "命令重复：%s",
    "conflicting subparser alias: %s": "命令别名重复：%s",
    "dest= is required for options like %r": "%r 这样的选项应有 dest=",
    "invalid conflict_resolution value: %r": "conflict_resolution 的值无效：%r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r": (
        "选项 %(option)r 无效：应以 %(prefix_chars)r 开头"
    ),
    "mutually exclusive arguments must be optional": "互斥的参数必须可省略",
}


@contextmanager
def spoken(lang: Lang) -> Iterator[None]:
    """Have argparse speak a language for a while, through the functions it takes from gettext for that."""
    module: Any = argparse
    before = module._, module.ngettext
    if lang == "zh":
        module._ = lambda message: CHINESE.get(message, message)
        module.ngettext = lambda one, many, n: CHINESE.get(one if n == 1 else many, one if n == 1 else many)
    try:
        yield
    finally:
        module._, module.ngettext = before
